import { findPngTextOrientation } from './find-png-text-orientation.ts'
import { findImageKind, imageHeadLength } from './image-kind.ts'
import { pngChunk } from './png-chunks.ts'

/**
 * The same file with its orientation where decoders look for it: they read the `eXIf` chunk of a PNG,
 * but not the text chunks that programs wrote before there was one.
 */
export function moveOrientation(bytes: Uint8Array): Uint8Array {
  if (findImageKind(bytes.subarray(0, imageHeadLength)) !== 'png') return bytes
  const orientation = findPngTextOrientation(bytes)
  if (orientation === undefined) return bytes
  return Buffer.concat([
    bytes.subarray(0, headerEnd),
    exifChunk(orientation),
    bytes.subarray(headerEnd),
  ])
}

/** The signature and the chunk `IHDR`, which comes first and always has 13 bytes of data. */
const headerEnd = 33

/** A big-endian TIFF structure with nothing but an orientation (Exif 2.32, 4.5). */
function exifChunk(orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  return pngChunk('eXIf', tiff)
}
