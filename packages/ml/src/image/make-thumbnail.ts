import type { Picture } from './decode-pixels.ts'
import { openPicture } from './open-picture.ts'

/** The longest side of a thumbnail, in pixels. */
const thumbnailSide = 300

/**
 * A JPEG that fits into a square of `thumbnailSide`; a smaller picture keeps its size. JPEG because
 * at this size it is as small as WebP and takes a quarter of the time.
 */
export const makeThumbnail = (picture: Picture): Promise<Uint8Array> =>
  openPicture(picture)
    .resize(thumbnailSide, thumbnailSide, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer()
