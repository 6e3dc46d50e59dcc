import type { Picture } from './decode-pixels.ts'
import { isGrayscale } from './is-grayscale.ts'
import { type ColorShare, listColors } from './list-colors.ts'
import { type ReducedPicture, reducePicture } from './reduce-picture.ts'

/** What can be told from pixels alone, without a model. */
export type ImageMeasures = {
  orientation: 'landscape' | 'portrait' | 'square'
  /** No visible colour but for stray pixels. */
  grayscale: boolean
  /** Mean CIE 1976 lightness, L* / 100: 0 is black, 0.5 looks halfway, 1 is white. */
  brightness: number
  brightnessWord: 'dark' | 'dim' | 'balanced' | 'bright'
  /** Up to three names with the part of the picture they cover, the largest first. */
  colors: ColorShare[]
  /**
   * Mean difference in L* / 100 between neighbours of the picture shrunk to at most 64 × 64 cells.
   * Structure finer than a cell averages out: a fine, even grain counts as plain.
   */
  texture: number
  textureWord: 'plain' | 'moderate' | 'busy'
}

/** Deterministic, and bounded: at most 64 × 64 cells of 64 samples, however large the picture. */
export function measureImage(picture: Picture): ImageMeasures {
  const { pixels, width, height } = picture
  if (width * height === 0 || pixels.length !== width * height * 3)
    throw new RangeError(`${pixels.length} bytes are not ${width} × ${height} pixels of RGB.`)

  const reduced = reducePicture(picture)
  const lightness = toLightness(reduced)
  const brightness = mean(lightness)
  const texture = meanDifference(lightness, reduced)
  return {
    orientation: width > height ? 'landscape' : width < height ? 'portrait' : 'square',
    grayscale: isGrayscale(picture),
    brightness,
    brightnessWord: wordFor(brightness, brightnessWords),
    colors: listColors(reduced),
    texture,
    textureWord: wordFor(texture, textureWords),
  }
}

/**
 * Each word and the value at which the next one begins; mid gray (L* 50) is balanced. The borders
 * of both tables call the outer sixth of 300 Flickr8k photographs by an outer word, more or less.
 */
const brightnessWords = [
  ['dark', 0.25],
  ['dim', 0.4],
  ['balanced', 0.6],
  ['bright', Number.POSITIVE_INFINITY],
] as const

const textureWords = [
  ['plain', 0.035],
  ['moderate', 0.075],
  ['busy', Number.POSITIVE_INFINITY],
] as const

function wordFor<Word>(value: number, words: readonly (readonly [Word, number])[]): Word {
  const found = words.find(([, end]) => value < end)
  if (!found) throw new RangeError(`No word for ${value}.`)
  return found[0]
}

/** L* / 100 of each cell, from its relative luminance Y (CIE 15:2004, 8.2.1). */
function toLightness({ values }: ReducedPicture): Float32Array {
  return Float32Array.from({ length: values.length / 3 }, (_, i) => {
    const Y = 0.2126 * values[i * 3] + 0.7152 * values[i * 3 + 1] + 0.0722 * values[i * 3 + 2]
    return Y > 216 / 24389 ? 1.16 * Math.cbrt(Y) - 0.16 : (Y * 24389) / 2700
  })
}

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Over all pairs of cells that share a side; 0 where there are none. */
function meanDifference(
  lightness: Float32Array,
  { columns, rows }: Pick<ReducedPicture, 'columns' | 'rows'>,
): number {
  let sum = 0
  for (let i = 0; i < lightness.length; i++) {
    if ((i + 1) % columns !== 0) sum += Math.abs(lightness[i] - lightness[i + 1])
    if (i + columns < lightness.length) sum += Math.abs(lightness[i] - lightness[i + columns])
  }
  const pairs = (columns - 1) * rows + columns * (rows - 1)
  return pairs === 0 ? 0 : sum / pairs
}
