import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFormat } from './dataset-formats.ts'
import type { SplitName } from './split-name.ts'

/** A captioned dataset as it was found on disk: what can be used of it, and what cannot. */
export type CaptionedDataset = {
  format: DatasetFormat
  /** By what the format was recognised. */
  recognisedBy: string
  /** `hashed`: the dataset has no splits, so they were drawn from the file names. */
  splits: 'given' | 'hashed'
  /** By what words were told apart, if that was asked for. */
  segmenter?: string
  images: CaptionedImage[]
  leftOut: DatasetFinding[]
  warnings: DatasetFinding[]
}

export type CaptionedImage = {
  /** The dataset's own, or else the file name. */
  id: string
  /** As the dataset names it. */
  file: string
  /** Where it lies. */
  path: string
  split: SplitName
  /** Not empty, one line each. */
  captions: string[]
}
