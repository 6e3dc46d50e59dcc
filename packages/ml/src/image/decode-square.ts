import { openUpright, readRgb } from './decode-pixels.ts'
import { getImageKind } from './get-image-kind.ts'
import type { ImageLimits } from './normalize-image.ts'
import { readImageHeader } from './read-image-header.ts'
import { mendTail } from './tail/mend-tail.ts'
import { requireWhole } from './tail/require-whole.ts'

export type SquareOptions = Pick<ImageLimits, 'maxPixels'> & {
  /** Pixels along each side. */
  size: number
}

/**
 * The bytes of a file → what a model sees of it: first frame, upright, opaque, 8-bit sRGB, squashed to
 * `size` × `size` whatever its aspect ratio (Lanczos; JPEG and WebP are shrunk while decoding).
 */
export async function decodeSquare(
  file: Uint8Array,
  { size, maxPixels }: SquareOptions,
): Promise<Uint8Array> {
  const kind = getImageKind(file)
  const mended = await mendTail(file, kind)
  const { bytes } = mended
  const header = await readImageHeader(bytes, { kind, maxPixels })
  await requireWhole(mended, { maxPixels })

  const picture = openUpright(bytes, { header, maxPixels })
  picture.resize(size, size, { fit: 'fill', kernel: 'lanczos3' })
  return (await readRgb(picture)).pixels
}
