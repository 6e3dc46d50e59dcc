export type VlmErrorCode =
  /** Nothing, or not all of it, was pulled to the folder of models. */
  | 'not-pulled'
  /** A repository of a kind that is not known here, or a number format that it does not have. */
  | 'unsupported-model'
  /** A file of the model is not in its folder. */
  | 'model-missing'
  /** The files are there, and cannot be loaded. */
  | 'model-damaged'
  /** The machine or the installation has no such device. */
  | 'device-absent'
  /** The model has no such option, or the value is out of its range. Nothing was asked. */
  | 'unsupported-option'
  | 'unreadable-image'
  | 'out-of-memory'
  /** The model failed while it computed. */
  | 'run-failed'
  /** The thread ended by itself; the next caption starts another. */
  | 'thread-died'
  | 'disposed'

/** What a caller of a vision-language model can act on; the message says what to do. */
export class VlmError extends Error {
  override readonly name = 'VlmError'
  readonly code: VlmErrorCode

  constructor(code: VlmErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
