import type { Metadata } from 'sharp'
import { corruptImage, ImageError } from './image-error.ts'
import type { ImageKind } from './image-kind.ts'
import { openImage } from './open-image.ts'

/** Reads the header only, so that a picture that declares too many pixels is never decoded. */
export async function readImageHeader(
  bytes: Uint8Array,
  { kind, maxPixels }: { kind: ImageKind; maxPixels: number },
): Promise<Metadata> {
  const header = await openImage(bytes, { maxPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw corruptImage(`its ${kind.toUpperCase()} header cannot be read`, cause)
    })
  if (header.format !== formats[kind])
    throw corruptImage(`it starts like ${kind.toUpperCase()} only`)
  if (header.width * header.height > maxPixels) throw tooManyPixels(header, maxPixels)
  if (Math.max(header.width, header.height) > MAX_SIDE) throw tooLong(header)
  return header
}

/** The names sharp has for them. */
const formats = { jpeg: 'jpeg', png: 'png', webp: 'webp', avif: 'heif', gif: 'gif' } as const

const tooManyPixels = ({ width, height }: Metadata, maxPixels: number): ImageError =>
  new ImageError(
    'image-too-large',
    `The image has ${width} × ${height} pixels (${megapixels(width * height)} megapixels); at most ` +
      `${megapixels(maxPixels)} megapixels are accepted. Make it smaller and send it again.`,
  )

/** A decoder works line by line: a few lines of a million pixels take as much memory as a large photo. */
const MAX_SIDE = 32_768

const tooLong = ({ width, height }: Metadata): ImageError =>
  new ImageError(
    'image-too-large',
    `The image has ${width} × ${height} pixels; at most ${MAX_SIDE} are accepted on a side. Cut it into several.`,
  )

const megapixels = (pixels: number): string => String(Number((pixels / 1e6).toPrecision(3)))
