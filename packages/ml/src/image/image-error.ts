export type ImageErrorCode = 'unsupported-image' | 'corrupt-image' | 'image-too-large'

/** Bytes that cannot become an image, with a sentence for the person who sent them. */
export class ImageError extends Error {
  override readonly name = 'ImageError'
  readonly code: ImageErrorCode

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** `what` completes the sentence "The file is damaged: …". */
export const corruptImage = (what: string, cause?: unknown): ImageError =>
  new ImageError(
    'corrupt-image',
    `The file is damaged: ${what}. Open it in an image editor, save it again, and send the new file.`,
    cause === undefined ? {} : { cause },
  )

/** The data of a picture in two channels, or in more than are known, says nothing about its colours. */
export const unknownChannels = (channels: number): ImageError =>
  new ImageError(
    'unsupported-image',
    `The picture has ${channels} channels, which are neither gray, RGB nor CMYK. Convert it to RGB in an image editor, and send the new file.`,
  )
