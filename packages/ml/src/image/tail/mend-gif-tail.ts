import { corruptImage } from '../image-error.ts'
import { countGifPixels } from './count-gif-pixels.ts'
import type { MendedFile } from './require-whole.ts'

/**
 * A GIF up to the end of its first picture, the only one that is ever shown. Decoders take a picture
 * with too little data without a word, so its pixels are counted (GIF89a specification, 20 to 22).
 */
export async function mendGifTail(bytes: Uint8Array): Promise<MendedFile> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const picture = findPicture(file)
  if (!picture) return { bytes, alternatives: [] } // the decoder will say so
  const blocks = listBlocks(file, picture.data + 1)
  const wanted = picture.width * picture.height
  const codeSize = file[picture.data] ?? 0
  const found = await countGifPixels(Buffer.concat(blocks), { codeSize, wanted })
  if (found < wanted) throw corruptImage(`${wanted - found} of its ${wanted} pixels are missing`)
  if (file.at(-1) === TRAILER) return { bytes, alternatives: [] }
  const mended = Buffer.concat([
    file.subarray(0, picture.data + 1),
    ...[...blocks, END_OF_DATA].flatMap((block) => [Buffer.of(block.length), block]),
    Buffer.of(0, TRAILER),
  ])
  return { bytes: mended, alternatives: [] }
}

type GifPicture = { width: number; height: number; data: number }

/** Where the data of the first picture begins, behind extensions and colour tables. */
function findPicture(file: Buffer): GifPicture | undefined {
  let at = 13 + tableLength(file[10] ?? 0)
  while (file[at] === EXTENSION) at = endOfBlocks(file, at + 2)
  if (file[at] !== PICTURE || at + 11 > file.length) return undefined
  const data = at + 10 + tableLength(file[at + 9] ?? 0)
  return { width: file.readUInt16LE(at + 5), height: file.readUInt16LE(at + 7), data }
}

/** Decoders want something behind the last code; of zeros, whatever their length, pixels too many. */
const END_OF_DATA = Buffer.alloc(4)

const EXTENSION = 0x21
const PICTURE = 0x2c
const TRAILER = 0x3b

/** Of a table of colours: three bytes each, if there is one. */
const tableLength = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Blocks of up to 255 bytes, each behind its length, up to a length of zero; the last may be cut. */
function listBlocks(file: Buffer, start: number): Buffer[] {
  const blocks: Buffer[] = []
  let at = start
  for (let length = file[at]; length; length = file[at]) {
    blocks.push(file.subarray(at + 1, at + 1 + length))
    at += 1 + length
  }
  return blocks.filter(({ length }) => length > 0)
}

function endOfBlocks(file: Buffer, start: number): number {
  let at = start
  for (let length = file[at]; length; length = file[at]) at += 1 + length
  return at + 1
}
