/** An option, or a combination of options, that cannot be. The message says which, and what can be. */
export class OptionError extends Error {
  override readonly name = 'OptionError'
}
