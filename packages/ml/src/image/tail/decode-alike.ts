import { hashBytes } from '../../hash-bytes.ts'
import { openImage } from '../open-image.ts'

/**
 * Do files that differ only in what was put in place of missing data decode to the same pixels? Then
 * no pixel depends on that data.
 */
export async function decodeAlike(
  files: readonly Uint8Array[],
  maxPixels: number,
): Promise<boolean> {
  const hashes = new Set<string>()
  for (const file of files) {
    try {
      // One after the other, and only their hashes are kept: a picture may fill the memory.
      hashes.add(hashBytes(await openImage(file, { maxPixels, lenient: true }).raw().toBuffer()))
    } catch {
      return false // whatever it is, it is no picture
    }
    if (hashes.size > 1) return false
  }
  return true
}

/** Bytes that look like coded data: without structure, and never 0xFF, which begins JPEG's markers. */
export function filler(length: number, seed: number): Buffer {
  let state = seed
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0
      return (state >>> 24) % 255
    }),
  )
}
