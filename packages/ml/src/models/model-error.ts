/** A model folder that cannot be used. The message names the file and the way out. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}
