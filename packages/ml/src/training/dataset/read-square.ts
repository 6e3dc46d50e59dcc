import { open } from 'node:fs/promises'
import { corruptImage, ImageError } from '../../image/image-error.ts'
import { findImageKind, imageHeadLength } from '../../image/image-kind.ts'
import { isSrgbProfile } from '../../image/is-srgb-profile.ts'
import type { ImageLimits } from '../../image/normalize-image.ts'
import { openImage } from '../../image/open-image.ts'
import { readImageHeader } from '../../image/read-image-header.ts'
import { hashBytes } from './hash-bytes.ts'

type SquareOptions = ImageLimits & { size: number }

/**
 * A file → what a model sees of it: first frame, upright, opaque, 8-bit sRGB, squashed to
 * `size` × `size` whatever its aspect ratio (Lanczos; JPEG and WebP are shrunk while decoding).
 */
export async function readSquare(path: string, options: SquareOptions): Promise<Uint8Array> {
  return decodeSquare(await readImageFile(path, options), options)
}

/** The same with the SHA-256 of the file. */
export async function readHashedSquare(
  path: string,
  options: SquareOptions,
): Promise<{ pixels: Uint8Array; sha256: string }> {
  const bytes = await readImageFile(path, options)
  return { pixels: await decodeSquare(bytes, options), sha256: hashBytes(bytes) }
}

export async function decodeSquare(
  bytes: Uint8Array,
  { size, maxPixels }: Omit<SquareOptions, 'maxBytes'>,
): Promise<Uint8Array> {
  const kind = findImageKind(bytes.subarray(0, imageHeadLength))
  if (!kind) throw new ImageError('unsupported-image', 'This is no JPEG, PNG, WebP, AVIF or GIF.')
  const header = await readImageHeader(bytes, { kind, maxPixels })

  // As in `decodePixels`: sRGB is not converted to sRGB, and 16 bits with a profile need help.
  const ignoreIcc = header.icc !== undefined && isSrgbProfile(header.icc)
  const picture = openImage(bytes, { maxPixels, ignoreIcc })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(size, size, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
  if (header.depth === 'ushort' && header.icc && !ignoreIcc) picture.withIccProfile('srgb')

  const pixels = await picture
    .raw()
    .toBuffer()
    .catch((cause: unknown) => {
      throw corruptImage('its picture data is incomplete or wrong', cause)
    })
  if (pixels.length !== size * size * 3) {
    throw new Error(`Decoded to ${pixels.length} bytes instead of ${size * size * 3}.`)
  }
  return pixels
}

export async function readImageFile(
  path: string,
  { maxBytes }: Pick<ImageLimits, 'maxBytes'>,
): Promise<Uint8Array> {
  await using file = await open(path)
  const { size } = await file.stat()
  if (size <= maxBytes) return await file.readFile()
  throw new ImageError(
    'image-too-large',
    `The file has ${size} bytes; at most ${maxBytes} are accepted.`,
  )
}
