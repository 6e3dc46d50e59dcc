import { setImmediate } from 'node:timers/promises'

/**
 * How many pixels LZW data holds, up to `wanted`: as a decoder reads it, but for the pixels themselves.
 * A code stands for a run of pixels, and each but the first after a clearing adds a run that is one
 * longer than the one before (GIF89a specification, appendix F). Now and then others get their turn.
 */
export async function countGifPixels(
  data: Uint8Array,
  { codeSize, wanted }: { codeSize: number; wanted: number },
): Promise<number> {
  if (codeSize < 1 || codeSize > 11) return 0
  const clear = 1 << codeSize
  const lengths = new Uint32Array(MAX_CODES).fill(1, 0, clear)
  let next = clear + 2 // the code that the next run gets
  let bits = codeSize + 1
  let last: number | undefined // code
  let pixels = 0
  let buffer = 0
  let available = 0

  for (let at = 0; at < data.length; at++) {
    if (at % BYTES_A_TURN === BYTES_A_TURN - 1) await setImmediate()
    buffer |= data[at]! << available
    available += 8
    while (available >= bits) {
      const code = buffer & ((1 << bits) - 1)
      buffer >>>= bits
      available -= bits
      if (code === clear) {
        next = clear + 2
        bits = codeSize + 1
        last = undefined
        continue
      }
      const isNew = code === next && last !== undefined
      if (code === clear + 1 || (code >= next && !isNew)) return pixels
      if (last !== undefined && next < MAX_CODES) {
        lengths[next] = lengths[last]! + 1
        next++
        if (next === 1 << bits && bits < MAX_BITS) bits++
      }
      pixels += lengths[code]!
      if (pixels >= wanted) return wanted
      last = code
    }
  }
  return pixels
}

/** Some 5 ms. */
const BYTES_A_TURN = 2 ** 18

const MAX_BITS = 12
const MAX_CODES = 1 << MAX_BITS
