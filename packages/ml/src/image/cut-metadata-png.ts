import { corruptImage } from './image-error.ts'
import { listPngChunks } from './png-chunks.ts'

/** What an opaque picture is made of; everything else is text, time, colour advice or animation. */
const keptChunks = ['IHDR', 'PLTE', 'IDAT', 'IEND']

/** A PNG file with nothing but its picture, up to the end of `IEND`. */
export function cutMetadataPng(bytes: Uint8Array): Uint8Array {
  const kept = [bytes.subarray(0, 8)] // the signature
  for (const { name, start, end } of listPngChunks(bytes)) {
    if (end > bytes.length) throw corruptImage(`its ${name} chunk is longer than the file`)
    if (keptChunks.includes(name)) kept.push(bytes.subarray(start, end))
    if (name === 'IEND') return Buffer.concat(kept)
  }
  throw corruptImage('its end is missing')
}
