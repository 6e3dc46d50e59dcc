export type RuntimeFailureCode =
  /** The machine or the installation has no such device. */
  | 'device-absent'
  /** ONNX Runtime cannot compile the model, or it has inputs or outputs of a kind we do not use. */
  | 'model-rejected'
  /** A value does not fit the model; nothing was sent, and no array was taken. */
  | 'wrong-input'
  /** The model failed while it computed, for instance on an index that is out of range. */
  | 'run-failed'
  /** The thread ended by itself; all its sessions are lost. */
  | 'thread-died'
  /** The session or its runtime was disposed before. */
  | 'disposed'

/** What a caller of the runtime can act on; the message names the values and what to do. */
export class RuntimeFailure extends Error {
  override readonly name = 'RuntimeFailure'
  readonly code: RuntimeFailureCode

  constructor(code: RuntimeFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
