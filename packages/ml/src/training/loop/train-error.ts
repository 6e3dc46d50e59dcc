/** A run that cannot start or go on. The message says why and what to do. */
export class TrainError extends Error {
  override readonly name = 'TrainError'
}
