import sharp, { type Sharp } from 'sharp'
import { moveOrientation } from './move-orientation.ts'

export type OpenOptions = {
  maxPixels: number | false
  ignoreIcc?: boolean
  /** Takes no decoder's complaint, however harmless, instead of bearing with all but missing data. */
  strict?: boolean
  /** Takes what there is, and fills in what is missing. */
  lenient?: boolean
}

/**
 * The one way images of others are opened. libvips keeps nothing between images, and decodes each
 * on one thread: images, not parts of one, run in parallel.
 */
export function openImage(
  bytes: Uint8Array,
  { maxPixels, ignoreIcc = false, strict = false, lenient = false }: OpenOptions,
): Sharp {
  sharp.cache(false)
  sharp.concurrency(1)
  const failOn = strict ? 'warning' : lenient ? 'none' : 'truncated'
  return sharp(moveOrientation(bytes), { failOn, limitInputPixels: maxPixels, ignoreIcc })
}
