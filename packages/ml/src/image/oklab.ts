/** Lightness 0..1, and how much red-not-green (`a`) and yellow-not-blue (`b`). */
export type Oklab = { L: number; a: number; b: number }

/**
 * Linear sRGB (0..1) → OKLab, where equal steps look about equally large.
 * Source: Björn Ottosson, "A perceptual color space for image processing", 2020; its matrices.
 */
export function toOklab(red: number, green: number, blue: number): Oklab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return {
    L: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  }
}
