import { join } from 'node:path'
import type { Backbone } from '../../backbone/inspect-backbone.ts'
import { findPart } from '../dataset/join-images.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import { type CacheOptions, computeTargets, type PictureSet } from './compute-targets.ts'
import { quantizedBytes } from './quantize-map.ts'
import { openTargets } from './target-files.ts'
import { cropOfView, fitViews, inGigabytes } from './target-views.ts'
import type { TeacherTargets } from './teacher-targets.ts'

/**
 * The features that a teacher computes of several views of all training pictures, and of the whole pictures of the
 * dev split, computed once: the dataset's is kept in its folder, that of other pictures in theirs. Pictures of
 * the test split are never given to it.
 */
export async function cacheTargets(
  backbone: Backbone,
  options: CacheOptions,
): Promise<TeacherTargets> {
  const { data, unlabeled, grid, kept } = options
  const sets = [toDatasetSet(data), ...unlabeled.map(toUnlabeledSet)]
  const views = planViews(sets, options)
  const targets = await computeTargets(backbone, sets, { ...options, views })
  const parts = sets.map(({ count, rows }, i) => ({
    count,
    source: { ...openTargets(targets[i]!), rowOf: numberRows(rows) },
  }))
  const cut = { size: data.imageSize, leastArea: options.leastArea }
  return {
    grid,
    channels: kept,
    views,
    cropOf: (index, view) => cropOfView({ index: findPart(parts, index).index, view }, cut),
    read(index, view, how) {
      const found = findPart(parts, index)
      const row = found.source.rowOf.get(found.index)
      if (row === undefined) throw new RangeError(`The teacher did not see picture ${index}.`)
      found.source.read(row, view, how)
    },
    close() {
      for (const { source } of parts) source.close()
    },
  }
}

function toDatasetSet({ folder, images, readPixels }: PreparedDataset): PictureSet {
  const ofSplit = (split: string) =>
    images.filter((image) => image.split === split).map(({ index }) => index)
  return {
    folder: join(folder, 'features'),
    readPixels,
    count: images.length,
    rows: { everyView: ofSplit('train'), whole: ofSplit('dev') },
  }
}

const toUnlabeledSet = ({ folder, readPixels, count }: UnlabeledImages): PictureSet => ({
  folder,
  readPixels,
  count,
  rows: { everyView: [...Array(count).keys()], whole: [] },
})

const numberRows = ({ everyView, whole }: PictureSet['rows']): Map<number, number> =>
  new Map([...everyView, ...whole].map((index, row) => [index, row]))

/** As many views as were wanted, or as there is room for, and that is said. */
function planViews(sets: readonly PictureSet[], options: CacheOptions): number {
  const { views: wanted, grid, kept, maxBytes = MAX_BYTES, onNote } = options
  const count = (which: keyof PictureSet['rows']) =>
    sets.reduce((total, { rows }) => total + rows[which].length, 0)
  const views = fitViews({
    wanted,
    bytes: quantizedBytes({ grid, channels: kept }),
    pictures: { everyView: count('everyView'), whole: count('whole') },
    maxBytes,
  })
  if (views < wanted) {
    const room = inGigabytes(maxBytes)
    onNote?.(
      `The teacher is given ${views} instead of ${wanted} views of each picture: more would take over ${room} GB.`,
    )
  }
  return views
}

/** A view of a picture takes 12.7 KB for a grid of 7 and 256 channels: this is 300,000 of them. */
const MAX_BYTES = 4e9
