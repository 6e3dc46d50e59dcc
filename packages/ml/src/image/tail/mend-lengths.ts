import { corruptImage } from '../image-error.ts'
import { filler } from './filler.ts'
import type { MendedFile } from './require-whole.ts'

/** Far more than metadata behind a picture has; where more is missing, so is the picture. */
const maxMissing = 2 ** 20

/** For formats that say in front how long a file is. */
export function mendLengths(bytes: Uint8Array, length: number): MendedFile {
  const missing = length - bytes.length
  if (missing <= 0) return { bytes, alternatives: [] }
  if (missing > maxMissing) throw corruptImage('its end is missing')
  const fill = (end: Buffer) => Buffer.concat([bytes, end])
  return {
    bytes: fill(Buffer.alloc(missing)),
    alternatives: [fill(Buffer.alloc(missing, 0xff)), fill(filler(missing, 1))],
  }
}
