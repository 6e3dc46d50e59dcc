import { crc32 } from 'node:zlib'
import { corruptImage } from './image-error.ts'

export type PngChunk = { name: string; start: number; end: number; data: Buffer }

/** Far above any real file; a hostile one could otherwise hold up everybody for seconds. */
const maxChunks = 100_000

/**
 * The chunks of a PNG file up to `IEND`, or up to where the file stops: a cut file ends with a chunk
 * whose `end` lies behind the file's. A chunk is a length (32 bits, big-endian), a name, data and a
 * checksum (PNG specification, third edition, 5.3).
 */
export function* listPngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let start = signatureLength, count = 0; start + 12 <= file.length; count++) {
    if (count === maxChunks) throw corruptImage(`it has more than ${maxChunks} PNG chunks`)
    const name = file.toString('latin1', start + 4, start + 8)
    const end = start + 12 + file.readUInt32BE(start)
    yield { name, start, end, data: file.subarray(start + 8, end - 4) }
    if (name === 'IEND') return
    start = end
  }
}

const signatureLength = 8

export function pngChunk(name: string, data: Uint8Array): Buffer {
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from(name, 'latin1'), data, Buffer.alloc(4)])
  chunk.writeUInt32BE(data.length, 0)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}
