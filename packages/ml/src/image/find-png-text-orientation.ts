import { inflateSync } from 'node:zlib'
import { listPngChunks, type PngChunk } from './png-chunks.ts'

/**
 * The orientation that a PNG keeps in a text chunk, where ImageMagick and others wrote Exif before
 * PNG had the chunk `eXIf`; nothing where there is such a chunk, which goes first. The text is called
 * `Raw profile type exif` (or `APP1`) and holds a name, a length and the profile in hexadecimal.
 */
export function findPngTextOrientation(bytes: Uint8Array): number | undefined {
  let orientation: number | undefined
  for (const chunk of listPngChunks(bytes)) {
    if (chunk.name === 'eXIf') return undefined
    orientation ??= readProfile(chunk)
  }
  return orientation
}

function readProfile({ name, data }: PngChunk): number | undefined {
  if (!textReaders[name] || !KEYWORD.test(data.toString('latin1', 0, 40))) return undefined
  try {
    const text = textReaders[name](data.subarray(data.indexOf(0) + 1))
    const [, hex = ''] = /^\s*\w+\s+\d+\s+([\da-f\s]*)/i.exec(text) ?? []
    return readTiffOrientation(Buffer.from(hex.replace(/\s/g, ''), 'hex'))
  } catch (error) {
    if (error instanceof RangeError || isZlibError(error)) return undefined // no profile after all
    throw error
  }
}

const KEYWORD = /^raw profile type (exif|app1)\0/i

/** What follows the keyword and its NUL, as text (PNG specification, third edition, 11.3.3). */
const textReaders: Record<string, (data: Buffer) => string> = {
  tEXt: (data) => data.toString('latin1'),
  zTXt: (data) => inflate(data.subarray(1)),
  iTXt(data) {
    const text = data.subarray(data.indexOf(0, data.indexOf(0, 2) + 1) + 1) // language, translation
    return data[0] === 1 ? inflate(text) : text.toString('latin1')
  },
}

/** Exif has at most 64 KB, which are twice as many digits. */
const inflate = (data: Buffer): string =>
  inflateSync(data, { maxOutputLength: 2 ** 18 }).toString('latin1')

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(Z_|ERR_BUFFER)/.test(String(error.code))

/** Tag 0x0112 of the first directory of a TIFF structure (Exif 2.32, 4.5 and 4.6.4). */
function readTiffOrientation(profile: Buffer): number | undefined {
  const start = profile.toString('latin1', 0, 6) === 'Exif\0\0' ? 6 : 0
  const tiff = profile.subarray(start)
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return undefined
  const read16 = (at: number) => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const count = read16(directory)
  for (let at = directory + 2; at < directory + 2 + count * 12; at += 12) {
    if (read16(at) !== 0x0112) continue
    const value = read16(at + 8)
    return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}
