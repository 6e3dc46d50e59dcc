import { findWebpFrame } from './find-webp-frame.ts'

/**
 * A still WebP file with nothing but its picture: `RIFF`, length, `WEBP`, one `VP8 ` or `VP8L`
 * chunk (RFC 9649, 2.5 and 2.6). Exif, XMP, ICC and whatever follows are left behind.
 */
export function cutMetadataWebp(bytes: Uint8Array): Uint8Array {
  const { chunk } = findWebpFrame(bytes)
  const padding = chunk.length % 2

  const header = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  header.writeUInt32LE(4 + chunk.length + padding, 4)
  return Buffer.concat([header, chunk, Buffer.alloc(padding)])
}
