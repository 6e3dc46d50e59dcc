import type { Metadata, Sharp } from 'sharp'
import { corruptImage, unknownChannels } from './image-error.ts'
import { isSrgbProfile } from './is-srgb-profile.ts'
import { openImage } from './open-image.ts'

/** What everybody sees: 8-bit sRGB, row by row, `pixels.length === width * height * 3`. */
export type Picture = { pixels: Uint8Array; width: number; height: number }

export type DecodeOptions = { header: Metadata; maxPixels: number; strict?: boolean }

/** The first frame, upright, flattened onto white, in 8-bit sRGB. */
export const decodePixels = (bytes: Uint8Array, options: DecodeOptions): Promise<Picture> =>
  readRgb(openUpright(bytes, options))

/** The picture to be decoded: its first frame, upright, flattened onto white, in 8-bit sRGB. */
export function openUpright(
  bytes: Uint8Array,
  { header, maxPixels, strict = false }: DecodeOptions,
): Sharp {
  // Converting sRGB to sRGB would move values by one; a kept file without its profile must match.
  const ignoreIcc = header.icc !== undefined && isSrgbProfile(header.icc)
  const picture = openImage(bytes, { maxPixels, ignoreIcc, strict })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')

  // sharp takes 16-bit images with a profile to Display P3 and stops there; this takes them home.
  if (header.depth === 'ushort' && header.icc && !ignoreIcc) picture.withIccProfile('srgb')
  return picture
}

/** Decodes it; what is no whole picture of three channels is an `ImageError`. */
export async function readRgb(picture: Sharp): Promise<Picture> {
  const { data, info } = await picture
    .raw()
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw corruptImage('its picture data is incomplete or wrong', cause)
    })
  if (info.channels !== 3) throw unknownChannels(info.channels)
  return { pixels: data, width: info.width, height: info.height }
}
