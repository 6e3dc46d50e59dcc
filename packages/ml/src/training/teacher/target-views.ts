import { type Crop, wholeCrop } from '../../image/draw-view.ts'
import { createRandom } from '../../random.ts'
import { DataError } from '../dataset/data-error.ts'
import { randomCrop } from '../loop/augment.ts'

type CropOptions = {
  /** Pixels along each side of the picture. */
  size: number
  /** Smallest part of its area that a view shows. */
  leastArea: number
}

/** What a view shows of a picture: all of it, or, from the first on, a part that its two numbers decide. */
export const cropOfView = (
  { index, view }: { index: number; view: number },
  { size, leastArea }: CropOptions,
): Crop =>
  view === 0
    ? wholeCrop(size)
    : randomCrop(size, { leastArea }, createRandom(VIEW_SEED, index, view))

/** The same for all runs, so that they share what was cached. */
export const VIEW_SEED = 0x766965

type ViewCosts = {
  /** Views that are wanted. */
  wanted: number
  /** Bytes of one view of one picture. */
  bytes: number
  /** Pictures of which there are all views, and those of which there is the whole one only. */
  pictures: { everyView: number; whole: number }
  maxBytes: number
}

/** As many of the wanted views as there is room for. */
export function fitViews({ wanted, bytes, pictures, maxBytes }: ViewCosts): number {
  const room = maxBytes - bytes * pictures.whole
  const views = Math.min(wanted, Math.floor(room / (bytes * pictures.everyView)))
  if (views >= 1) return views
  const count = pictures.everyView + pictures.whole
  throw new DataError(
    `The teacher's features of ${count} pictures take ${inGigabytes(bytes * count)} GB, and at most ` +
      `${inGigabytes(maxBytes)} GB are kept. Give fewer pictures.`,
  )
}

export const inGigabytes = (bytes: number): string => (bytes / 1e9).toFixed(1)
