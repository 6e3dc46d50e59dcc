/**
 * - `not-found`: nothing has this name
 * - `no-images`: a folder or a glob without an image in it
 * - `unreadable`, `unwritable`: the system refused; `cause` says why
 * - `invalid-utf8`: a text file in another encoding; it was left as it is
 * - `empty-caption`: nothing to write
 * - `shared-sidecar`: two images would write the same text file, or an image would overwrite itself
 * - `invalid-json`: not JSON, or JSON that ends early
 * - `wrong-shape`: JSON, but not of the shape that was asked for
 * - `duplicate-id`: the same image or annotation twice
 * - `invalid-text`: a text with NUL or half a surrogate pair in it
 */
export type FormatErrorCode =
  | 'not-found'
  | 'no-images'
  | 'unreadable'
  | 'unwritable'
  | 'invalid-utf8'
  | 'empty-caption'
  | 'shared-sidecar'
  | 'invalid-json'
  | 'wrong-shape'
  | 'duplicate-id'
  | 'invalid-text'

/** A file or folder is not as it should be; `path` says which. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  readonly code: FormatErrorCode
  readonly path: string

  constructor(code: FormatErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.path = path
  }
}
