import { describeUnknownFile } from './describe-unknown-file.ts'
import { ImageError } from './image-error.ts'
import { findImageKind, type ImageKind, imageHeadLength } from './image-kind.ts'

/** What a file is by its first bytes; one of a kind that is not read is refused by what it looks like. */
export function getImageKind(bytes: Uint8Array): ImageKind {
  const head = bytes.subarray(0, imageHeadLength)
  const kind = findImageKind(head)
  if (kind) return kind
  throw new ImageError(
    'unsupported-image',
    `This looks like ${describeUnknownFile(head)}. Convert it to JPEG, PNG, WebP, AVIF or GIF.`,
  )
}
