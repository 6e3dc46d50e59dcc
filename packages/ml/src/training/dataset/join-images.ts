import type { TrainingImage } from '../loop/training-data.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import type { UnlabeledImages } from './unlabeled-folder.ts'

/** The pictures of the folders, numbered on from those of the dataset, as images without captions or labels. */
export function listUnlabeledImages(
  { images }: Pick<PreparedDataset, 'images'>,
  unlabeled: readonly UnlabeledImages[],
): TrainingImage[] {
  const total = unlabeled.reduce((sum, { count }) => sum + count, 0)
  return Array.from({ length: total }, (_, i) => {
    const index = images.length + i
    const name = `also/${i}`
    return {
      image: { id: name, file: name, split: 'unused', captions: [], index },
      captions: [],
      labels: [],
    }
  })
}

type Part<Source> = { count: number; source: Source }

/** Which of several parts, numbered on from each other, holds an index, and as which of its own. */
export function findPart<Source>(
  parts: readonly Part<Source>[],
  index: number,
): { source: Source; index: number } {
  let rest = index
  for (const { count, source } of parts) {
    if (rest < count) return { source, index: rest }
    rest -= count
  }
  throw new RangeError(`There is no picture ${index}.`)
}

/** Reads pictures of the dataset, or of the folders, by their common numbers. */
export function joinPixels(
  data: PreparedDataset,
  unlabeled: readonly UnlabeledImages[],
): PreparedDataset['readPixels'] {
  const parts = [
    { count: data.images.length, source: data },
    ...unlabeled.map((pictures) => ({ count: pictures.count, source: pictures })),
  ]
  return (index, into) => {
    const found = findPart<Pick<PreparedDataset, 'readPixels'>>(parts, index)
    found.source.readPixels(found.index, into)
  }
}
