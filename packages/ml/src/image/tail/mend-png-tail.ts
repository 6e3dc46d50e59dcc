import { listPngChunks, pngChunk } from '../png-chunks.ts'
import type { MendedFile } from './require-whole.ts'

/**
 * Closes the chunk that is cut, and ends the file. Whether the pixels are all there the decoder knows:
 * it counts them.
 */
export function mendPngTail(bytes: Uint8Array): MendedFile {
  let end = 8 // of the signature, then of the last whole chunk
  let cut: Uint8Array = bytes.subarray(end)
  for (const chunk of listPngChunks(bytes)) {
    if (chunk.end > bytes.length) break
    if (chunk.name === 'IEND') return { bytes, alternatives: [] }
    end = chunk.end
    cut = bytes.subarray(end)
  }
  const isData = Buffer.from(cut.subarray(4, 8)).toString('latin1') === 'IDAT'
  const mended = Buffer.concat([
    bytes.subarray(0, end),
    // What is cut may end with a part of its checksum: the decoder needs none of what is behind the pixels.
    ...(isData ? [pngChunk('IDAT', cut.subarray(8))] : []),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
  return { bytes: mended, alternatives: [] }
}
