/** A dataset that cannot be prepared or used. The message says what was found and what to do. */
export class DataError extends Error {
  override readonly name = 'DataError'
}
