import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Picture } from './decode-pixels.ts'

/** About a millisecond of hashing; between two slices the event loop takes its turn. */
const sliceBytes = 1 << 20

/**
 * The name of a picture: SHA-256, in hexadecimal, over width and height (32 bits each, big-endian)
 * and the RGB bytes. The same pixels have the same name, whatever file they came in.
 */
export async function hashPixels({ pixels, width, height }: Picture): Promise<string> {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)

  const hash = createHash('sha256').update(size)
  for (let at = 0; at < pixels.length; at += sliceBytes) {
    if (at > 0) await setImmediate()
    hash.update(pixels.subarray(at, at + sliceBytes))
  }
  return hash.digest('hex')
}
