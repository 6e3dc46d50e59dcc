import { hashBytes } from '../../hash-bytes.ts'
import { corruptImage } from '../image-error.ts'
import { openImage } from '../open-image.ts'

export type MendedFile = {
  bytes: Uint8Array
  /** The same with other bytes in place of what may be missing; none where nothing is. */
  alternatives: readonly Uint8Array[]
}

/**
 * Refuses a picture of which something is missing: files that differ only in what was put in its place
 * then decode to different pixels.
 */
export async function requireWhole(
  { bytes, alternatives }: MendedFile,
  { maxPixels }: { maxPixels: number },
): Promise<void> {
  if (alternatives.length === 0) return
  const hashes = new Set<string>()
  for (const file of [bytes, ...alternatives]) {
    // One after the other, and only their hashes are kept: a picture may fill the memory.
    const pixels = await openImage(file, { maxPixels, lenient: true })
      .raw()
      .toBuffer()
      .catch((cause: unknown) => {
        throw corruptImage('its end is missing', cause)
      })
    hashes.add(hashBytes(pixels))
    if (hashes.size > 1) throw corruptImage('its end is missing')
  }
}
