import type { Writable } from 'node:stream'

export type Output = Writable & { isTTY?: boolean }

/**
 * Everything a command has from the process that runs it, except the working folder: paths on the
 * command line are handed to the libraries as they are, so that messages name them as they were given.
 */
export type Io = {
  /** Where results go. */
  stdout: Output
  /** Where everything else goes: progress, warnings, failures. */
  stderr: Output
  /** Settings; they win over those of `.env` in the working folder. */
  env: Record<string, string | undefined>
  /** Where SIGINT and SIGTERM are announced: `process`. */
  signals: SignalSource
  /** Ends the process by this signal, at once. */
  kill(signal: StopReason): void
  /** Ends the process with this exit code, at once: for a command that nothing can wait for. */
  exit(code: number): never
}

/** The signals by which people and supervisors stop a command. */
export type StopReason = 'SIGINT' | 'SIGTERM'

type SignalSource = Record<
  'on' | 'off',
  (name: StopReason, listener: (name: StopReason) => void) => unknown
>

export type Command = {
  /** The whole help text, written by hand. */
  help: string
  /** Returns the exit code: 0 all is well, 1 something failed. Wrong use is thrown. */
  run(args: readonly string[], io: Io): Promise<number>
}
