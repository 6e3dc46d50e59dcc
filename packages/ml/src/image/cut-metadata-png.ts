import { corruptImage } from './image-error.ts'

/** What an opaque picture is made of; everything else is text, time, colour advice or animation. */
const keptChunks = ['IHDR', 'PLTE', 'IDAT', 'IEND']

const signatureLength = 8

/** Far above any real file; a hostile one could otherwise hold up everybody for seconds. */
const maxChunks = 100_000

/**
 * A PNG file with nothing but its picture, up to the end of `IEND`. A chunk is a length (32 bits,
 * big-endian), a name, data and a checksum (PNG specification, third edition, 5.3).
 */
export function cutMetadataPng(bytes: Uint8Array): Uint8Array {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const kept = [file.subarray(0, signatureLength)]

  for (let at = signatureLength, count = 0; at + 12 <= file.length; count++) {
    const name = file.toString('latin1', at + 4, at + 8)
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) throw corruptImage(`its ${name} chunk is longer than the file`)
    if (count === maxChunks) throw corruptImage(`it has more than ${maxChunks} PNG chunks`)
    if (keptChunks.includes(name)) kept.push(file.subarray(at, end))
    if (name === 'IEND') return Buffer.concat(kept)
    at = end
  }
  throw corruptImage('its end is missing')
}
