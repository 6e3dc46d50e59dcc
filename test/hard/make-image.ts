import sharp from 'sharp'

/** A small JPEG; every number has pixels of its own. */
export function makeImage(number: number, { side = 48 } = {}): Promise<Buffer> {
  const pixels = Buffer.alloc(side * side * 3)
  let state = number + 1
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0 // Numerical Recipes' generator
    pixels[i] = state >>> 24
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .jpeg()
    .toBuffer()
}
