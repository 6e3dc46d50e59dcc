import sharp from 'sharp'
import type { Picture } from './decode-pixels.ts'
import { unknownChannels } from './image-error.ts'

/**
 * Pixels of a kept file, shrunk to at most `maxSide` pixels a side while decoding, where measuring
 * needs no more.
 */
export async function decodeReduced(file: Uint8Array, maxSide = 256): Promise<Picture> {
  const { data, info } = await sharp(file)
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 3) throw unknownChannels(info.channels)
  return { pixels: data, width: info.width, height: info.height }
}
