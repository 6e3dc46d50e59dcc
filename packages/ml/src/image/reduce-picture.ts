import type { Picture } from './decode-pixels.ts'
import { linearLight } from './linear-light.ts'

/** `values` holds linear red, green and blue (0..1) of each cell, row by row: [rows, columns, 3]. */
export type ReducedPicture = { values: Float32Array; columns: number; rows: number }

/** The longest side of a reduced picture, in cells. */
const cells = 64

/** At most this many samples per side of a cell, so that 64 megapixels take no longer than one. */
const samplesPerSide = 8

/**
 * Shrinks a picture to at most 64 × 64 cells, each the average light of its pixels, or of an even
 * grid of 8 × 8 of them where it has more. [height, width, 3] → [rows, columns, 3]
 */
export function reducePicture({ pixels, width, height }: Picture): ReducedPicture {
  const scale = Math.max(1, Math.max(width, height) / cells)
  const columns = Math.max(1, Math.round(width / scale))
  const rows = Math.max(1, Math.round(height / scale))
  const values = new Float32Array(rows * columns * 3)

  const xs = Array.from({ length: columns }, (_, i) => samplePlaces(i, columns, width))
  for (let row = 0; row < rows; row++) {
    const ys = samplePlaces(row, rows, height)
    for (let column = 0; column < columns; column++) {
      const cell = values.subarray((row * columns + column) * 3)
      addAverage(cell, pixels, { xs: xs[column], ys, width })
    }
  }
  return { values, columns, rows }
}

/** Where to look inside part `index` of `parts` equal parts of 0..length-1. */
function samplePlaces(index: number, parts: number, length: number): number[] {
  const start = Math.floor((index * length) / parts)
  const end = Math.max(start + 1, Math.floor(((index + 1) * length) / parts))
  const count = Math.min(end - start, samplesPerSide)
  return Array.from(
    { length: count },
    (_, i) => start + Math.floor(((i + 0.5) * (end - start)) / count),
  )
}

type Places = { xs: number[]; ys: number[]; width: number }

function addAverage(cell: Float32Array, pixels: Uint8Array, { xs, ys, width }: Places): void {
  const weight = 1 / (xs.length * ys.length)
  for (const y of ys) {
    for (const x of xs) {
      const at = (y * width + x) * 3
      for (let channel = 0; channel < 3; channel++)
        cell[channel] += weight * linearLight[pixels[at + channel]]
    }
  }
}
