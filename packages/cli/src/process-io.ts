import type { Io } from './command.ts'

/** Streams, settings and signals of this process. */
export const processIo = (): Io => ({
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signals: process,
  kill: (signal) => void process.kill(process.pid, signal),
  exit: (code) => process.exit(code),
})
