import sharp, { type Sharp } from 'sharp'

/**
 * The one way images are opened. `truncated` refuses files that end too early and bears with
 * harmless warnings (odd metadata, bytes after the end). libvips keeps nothing between images, and
 * decodes each on one thread: images, not parts of one, run in parallel.
 */
export function openImage(
  bytes: Uint8Array,
  { maxPixels, ignoreIcc = false }: { maxPixels: number | false; ignoreIcc?: boolean },
): Sharp {
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp(bytes, { failOn: 'truncated', limitInputPixels: maxPixels, ignoreIcc })
}
