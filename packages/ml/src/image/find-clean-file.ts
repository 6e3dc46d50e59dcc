import type { Metadata } from 'sharp'
import { cutMetadataJpeg } from './cut-metadata-jpeg.ts'
import { cutMetadataPng } from './cut-metadata-png.ts'
import { cutMetadataWebp } from './cut-metadata-webp.ts'
import { findWebpFrame } from './find-webp-frame.ts'
import type { ImageKind } from './image-kind.ts'
import { isPlainAvif } from './is-plain-avif.ts'
import { isSrgbProfile } from './is-srgb-profile.ts'

export type ImageSource = { bytes: Uint8Array; kind: ImageKind; header: Metadata }

/**
 * The source's own compressed data without its metadata, where that shows the picture right to
 * everybody; nothing where the picture has to be encoded anew.
 */
export function findCleanFile({ bytes, kind, header }: ImageSource): Uint8Array | undefined {
  return needsNoChange(header) ? cutters[kind](bytes, header) : undefined
}

/** Upright, opaque, sRGB, 8 bits, one frame. */
const needsNoChange = (header: Metadata): boolean =>
  (header.orientation ?? 1) === 1 &&
  (header.pages ?? 1) === 1 &&
  header.depth === 'uchar' &&
  !header.hasAlpha &&
  (header.channels === 1 || header.channels === 3) &&
  (header.icc === undefined || isSrgbProfile(header.icc))

type Cutter = (bytes: Uint8Array, header: Metadata) => Uint8Array | undefined

const cutters: Record<ImageKind, Cutter> = {
  jpeg: cutMetadataJpeg,
  png: cutMetadataPng,
  webp: (bytes) => (findWebpFrame(bytes).animated ? undefined : cutMetadataWebp(bytes)),
  avif: (bytes, header) => (isPlainAvif(bytes, header) ? bytes : undefined),
  gif: () => undefined,
}
