import type { Picture } from './decode-pixels.ts'

/** Looks at no more than 256 × 256 pixels, on an even grid. */
const gridSide = 256

/** A pixel is coloured where its channels differ by more than compression noise does (of 255). */
const visibleChroma = 20

/** Stray coloured pixels, up to this share, do not make a colour picture. */
const strayShare = 0.005

/** Is there no more colour than stray pixels? [height, width, 3] → yes or no */
export function isGrayscale({ pixels, width, height }: Picture): boolean {
  const stepX = Math.max(1, width / gridSide)
  const stepY = Math.max(1, height / gridSide)
  let seen = 0
  let colored = 0
  for (let y = 0; y < height; y += stepY) {
    for (let x = 0; x < width; x += stepX) {
      seen++
      if (chroma(pixels, (Math.floor(y) * width + Math.floor(x)) * 3) > visibleChroma) colored++
    }
  }
  return colored <= seen * strayShare
}

function chroma(pixels: Uint8Array, at: number): number {
  const [red, green, blue] = [pixels[at], pixels[at + 1], pixels[at + 2]]
  return Math.max(red, green, blue) - Math.min(red, green, blue)
}
