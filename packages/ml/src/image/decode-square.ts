import { getImageKind } from './get-image-kind.ts'
import { corruptImage, unknownChannels } from './image-error.ts'
import { isSrgbProfile } from './is-srgb-profile.ts'
import type { ImageLimits } from './normalize-image.ts'
import { openImage } from './open-image.ts'
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

  // As in `decodePixels`: sRGB is not converted to sRGB, and 16 bits with a profile need help.
  const ignoreIcc = header.icc !== undefined && isSrgbProfile(header.icc)
  const picture = openImage(bytes, { maxPixels, ignoreIcc })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize(size, size, { fit: 'fill', kernel: 'lanczos3' })
    .toColourspace('srgb')
  if (header.depth === 'ushort' && header.icc && !ignoreIcc) picture.withIccProfile('srgb')

  const { data, info } = await picture
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw corruptImage('its picture data is incomplete or wrong', cause)
    })
  if (info.channels !== 3) throw unknownChannels(info.channels)
  return data
}
