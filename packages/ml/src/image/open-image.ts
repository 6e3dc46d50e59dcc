import sharp, { type Sharp } from 'sharp'
import { moveOrientation } from './move-orientation.ts'

export type OpenOptions = {
  maxPixels: number | false
  ignoreIcc?: boolean
  /** Takes no decoder's complaint, however harmless, instead of bearing with all but missing data. */
  strict?: boolean
}

/**
 * The one way images of others are opened. libvips keeps nothing between images, and decodes each
 * on one thread: images, not parts of one, run in parallel.
 */
export function openImage(
  bytes: Uint8Array,
  { maxPixels, ignoreIcc = false, strict = false }: OpenOptions,
): Sharp {
  sharp.cache(false)
  sharp.concurrency(1)
  const failOn = strict ? 'warning' : 'truncated'
  return sharp(moveOrientation(bytes), { failOn, limitInputPixels: maxPixels, ignoreIcc })
}
