import type { Writable } from 'node:stream'

export type Output = Writable & { isTTY?: boolean }

/** Where results (`stdout`) and talk (`stderr`) go. */
export type Io = { stdout: Output; stderr: Output }

export type Command = {
  /** The whole help text, written by hand. */
  help: string
  /** Returns the exit code: 0 all is well, 1 something failed. Wrong use is thrown. */
  run(args: readonly string[], io: Io): Promise<number>
}
