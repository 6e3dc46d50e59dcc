/** A model folder that cannot be used. The message names the file and says what to do. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}
