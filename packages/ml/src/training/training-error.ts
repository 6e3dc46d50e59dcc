/** A run that cannot start or go on. The message says why and what to do. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
}
