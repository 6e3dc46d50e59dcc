import type { Metadata } from 'sharp'
import { cutMetadataJpeg } from './cut-metadata-jpeg.ts'
import { cutMetadataPng } from './cut-metadata-png.ts'
import { cutMetadataWebp } from './cut-metadata-webp.ts'
import type { Picture } from './decode-pixels.ts'
import { findWebpFrame } from './find-webp-frame.ts'
import { type ImageKind, mediaTypes } from './image-kind.ts'
import { isPlainAvif } from './is-plain-avif.ts'
import { isSrgbProfile } from './is-srgb-profile.ts'
import { openPicture } from './open-picture.ts'

export type KeptFile = { file: Uint8Array; mediaType: string }

export type Source = { bytes: Uint8Array; kind: ImageKind; header: Metadata }

/**
 * The file we keep: the source's own compressed data without its metadata where that shows the
 * very same picture to everybody, otherwise the picture encoded once more.
 */
export async function keepFile(source: Source, picture: Picture): Promise<KeptFile> {
  const { bytes, kind, header } = source
  if (showsAsDecoded(header) && isCuttable[kind](bytes, header))
    return { file: cutters[kind](bytes), mediaType: mediaTypes[kind] }

  return isLossless(source) ? encodePng(picture) : encodeJpeg(picture)
}

/** Upright, opaque, sRGB, 8 bits, one frame: nothing had to be done to the decoded pixels. */
const showsAsDecoded = (header: Metadata): boolean =>
  (header.orientation ?? 1) === 1 &&
  (header.pages ?? 1) === 1 &&
  header.depth === 'uchar' &&
  !header.hasAlpha &&
  (header.channels === 1 || header.channels === 3) &&
  (header.icc === undefined || isSrgbProfile(header.icc))

const isCuttable: Record<ImageKind, (bytes: Uint8Array, header: Metadata) => boolean> = {
  jpeg: () => true,
  png: () => true,
  webp: (bytes) => !findWebpFrame(bytes).animated,
  avif: isPlainAvif,
  gif: () => false,
}

/** A plain AVIF has nothing to cut; a GIF never gets here. */
const cutters: Record<ImageKind, (bytes: Uint8Array) => Uint8Array> = {
  jpeg: cutMetadataJpeg,
  png: cutMetadataPng,
  webp: cutMetadataWebp,
  avif: (bytes) => bytes,
  gif: (bytes) => bytes,
}

const isLossless = ({ bytes, kind }: Source): boolean =>
  kind === 'png' || kind === 'gif' || (kind === 'webp' && findWebpFrame(bytes).lossless)

const encodePng = async (picture: Picture): Promise<KeptFile> => ({
  // Level 4 with filters: photographs a third smaller than level 6 without, screenshots alike.
  file: await openPicture(picture).png({ compressionLevel: 4, adaptiveFiltering: true }).toBuffer(),
  mediaType: mediaTypes.png,
})

const encodeJpeg = async (picture: Picture): Promise<KeptFile> => ({
  file: await openPicture(picture).jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer(),
  mediaType: mediaTypes.jpeg,
})
