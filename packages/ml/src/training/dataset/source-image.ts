import type { DatasetSplit } from './dataset-card.ts'

/** An image to prepare: `file` is its name in the dataset, `path` where it lies. */
export type SourceImage = {
  id: string
  file: string
  path: string
  split: DatasetSplit
  captions: readonly string[]
}
