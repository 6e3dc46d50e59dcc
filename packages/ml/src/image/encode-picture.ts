import type { Picture } from './decode-pixels.ts'
import { findWebpFrame } from './find-webp-frame.ts'
import { type ImageKind, mediaTypes } from './image-kind.ts'
import { openPicture } from './open-picture.ts'

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
