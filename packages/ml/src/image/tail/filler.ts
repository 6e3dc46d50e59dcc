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
