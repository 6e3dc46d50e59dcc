/** The command was called wrongly; `message` says how, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  /** Whose `--help` to read. */
  readonly command: string | undefined

  constructor(message: string, options: ErrorOptions & { command?: string } = {}) {
    super(message, options)
    this.command = options.command
  }
}
