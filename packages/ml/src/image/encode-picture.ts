import sharp, { type Sharp } from 'sharp'
import type { Picture } from './decode-pixels.ts'
import { findWebpFrame } from './find-webp-frame.ts'
import { type ImageKind, mediaTypes } from './image-kind.ts'

export type EncodedPicture = { file: Uint8Array; mediaType: string }

/** A new file for a picture: PNG where the source was lossless, otherwise a JPEG close to it. */
export function encodePicture(
  picture: Picture,
  source: { bytes: Uint8Array; kind: ImageKind },
): Promise<EncodedPicture> {
  const fitsJpeg = Math.max(picture.width, picture.height) <= maxJpegSide
  return fitsJpeg && !isLossless(source) ? encodeJpeg(picture) : encodePng(picture)
}

/** JPEG writes sizes in 16 bits; an AVIF may be longer. */
const maxJpegSide = 65_535

const isLossless = ({ bytes, kind }: { bytes: Uint8Array; kind: ImageKind }): boolean =>
  kind === 'png' || kind === 'gif' || (kind === 'webp' && findWebpFrame(bytes).lossless)

const encodePng = async (picture: Picture): Promise<EncodedPicture> => ({
  // With filters photographs get a third smaller, screenshots of text a fifth larger.
  file: await openPicture(picture).png({ compressionLevel: 4, adaptiveFiltering: true }).toBuffer(),
  mediaType: mediaTypes.png,
})

const encodeJpeg = async (picture: Picture): Promise<EncodedPicture> => ({
  file: await openPicture(picture).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
  mediaType: mediaTypes.jpeg,
})

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

/** Decoded pixels as the source of a thumbnail or of a new file. Their number was checked before. */
const openPicture = ({ pixels, width, height }: Picture): Sharp =>
  sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false })
