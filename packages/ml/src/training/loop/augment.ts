import type { Crop, View } from '../../image/draw-view.ts'
import type { Random } from '../../random.ts'

export type AugmentOptions = {
  /** Smallest part of the image's area that a view shows. */
  leastArea: number
  /** Colour factors lie between 1 − and 1 + this. */
  colorRange: number
}

/** A random view of a square image: crop, aspect ratio, mirroring, colours. */
export const randomView = (size: number, options: AugmentOptions, random: Random): View =>
  varyView(randomCrop(size, options, random), options, random)

/** A random crop of a square image: size, aspect ratio, position. */
export function randomCrop(
  size: number,
  { leastArea }: Pick<AugmentOptions, 'leastArea'>,
  random: Random,
): Crop {
  const area = size * size * between(leastArea, 1, random)
  const ratio = Math.exp(between(Math.log(3 / 4), Math.log(4 / 3), random))
  const width = Math.min(size, Math.sqrt(area * ratio))
  const height = Math.min(size, Math.sqrt(area / ratio))
  return { left: random() * (size - width), top: random() * (size - height), width, height }
}

/** A given crop, mirrored and recoloured at random. */
export function varyView(
  cut: Crop,
  { colorRange }: Pick<AugmentOptions, 'colorRange'>,
  random: Random,
): View {
  const factor = () => between(1 - colorRange, 1 + colorRange, random)
  return {
    ...cut,
    mirrored: random() < 0.5,
    brightness: factor(),
    contrast: factor(),
    saturation: factor(),
  }
}

const between = (low: number, high: number, random: Random) => low + (high - low) * random()
