import { corruptImage } from './image-error.ts'

/** `chunk` is the whole chunk that holds the first frame: its name, its length, its data. */
export type WebpFrame = { chunk: Uint8Array; lossless: boolean; animated: boolean }

/**
 * The first frame of a WebP file: a `VP8 ` (lossy) or `VP8L` (lossless) chunk, by itself or inside
 * the first `ANMF` chunk after 16 bytes of position and timing (RFC 9649, 2.7).
 */
export function findWebpFrame(bytes: Uint8Array): WebpFrame {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const found = findChunk(file, { start: 12, names: ['VP8 ', 'VP8L', 'ANMF'] })
  if (found.name !== 'ANMF') return toFrame(found, false)

  const frame = file.subarray(0, found.end)
  return toFrame(findChunk(frame, { start: found.start + 24, names: ['VP8 ', 'VP8L'] }), true)
}

/** Far above any real file; a hostile one could otherwise hold up everybody for seconds. */
const maxChunks = 10_000

type Chunk = { name: string; start: number; end: number; file: Buffer }

/** Chunks are a name, a length (32 bits, little-endian), data, and a zero where the length is odd. */
function findChunk(file: Buffer, { start, names }: { start: number; names: string[] }): Chunk {
  for (let at = start, count = 0; at + 8 <= file.length && count < maxChunks; count++) {
    const name = file.toString('latin1', at, at + 4)
    const end = at + 8 + file.readUInt32LE(at + 4)
    if (end > file.length) throw corruptImage(`its ${name.trim()} chunk is longer than the file`)
    if (names.includes(name)) return { name, start: at, end, file }
    at = end + (end % 2)
  }
  throw corruptImage('it has no WebP picture in it')
}

const toFrame = ({ name, start, end, file }: Chunk, animated: boolean): WebpFrame => ({
  chunk: file.subarray(start, end),
  lossless: name === 'VP8L',
  animated,
})
