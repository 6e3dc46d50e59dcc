import { corruptImage } from '../image-error.ts'
import { decodeAlike, filler } from './decode-alike.ts'

/** Far more than metadata behind a picture has; where more is missing, so is the picture. */
const maxMissing = 2 ** 20

/** For formats that say in front how long a file is. */
export async function mendLengths(
  bytes: Uint8Array,
  { length, maxPixels }: { length: number; maxPixels: number },
): Promise<Uint8Array> {
  const missing = length - bytes.length
  if (missing <= 0) return bytes
  if (missing > maxMissing) throw corruptImage('its end is missing')
  const [zeros, ones, noise] = [
    Buffer.alloc(missing),
    Buffer.alloc(missing, 0xff),
    filler(missing, 1),
  ].map((end) => Buffer.concat([bytes, end]))
  if (await decodeAlike([zeros, ones, noise], maxPixels)) return zeros
  throw corruptImage('its end is missing')
}
