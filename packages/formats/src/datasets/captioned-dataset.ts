import type { SplitName } from './split-name.ts'

export const datasetFormats = [
  'flickr8k',
  'karpathy',
  'descry-json',
  'coco',
  'imagefolder',
  'csv',
] as const
export type DatasetFormat = (typeof datasetFormats)[number]

/** A captioned dataset as it was found on disk: what can be used of it, and what cannot. */
export type CaptionedDataset = {
  format: DatasetFormat
  /** By what the format was recognised. */
  recognisedBy: string
  /** `hashed`: the dataset has no splits, so they were drawn from the file names. */
  splits: 'given' | 'hashed'
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

/** Something that was left out, or is worth knowing: which file, and why. */
export type DatasetFinding = { what: string; reason: DatasetFindingReason; detail?: string }

/**
 * - `image-not-found`, `image-name-ambiguous`: no file, or several, of the name the dataset gives
 * - `image-name-unsafe`: a name that leads outside the folder
 * - `image-without-captions`: an image that no caption names, or whose captions are all unusable
 * - `caption-empty`, `caption-invalid`: a caption of white space; with NUL or half a character in it
 * - `duplicate-entry`: the same image, or the same annotation, once more; the first one counts
 * - `entry-unreadable`: a line, row or record without what it needs
 * - `folder-unreadable`: the system refused to list it
 * - `split-unknown`: a word for a split that we do not know; the image is unused
 */
type DatasetFindingReason =
  | 'image-not-found'
  | 'image-name-ambiguous'
  | 'image-name-unsafe'
  | 'image-without-captions'
  | 'caption-empty'
  | 'caption-invalid'
  | 'duplicate-entry'
  | 'entry-unreadable'
  | 'folder-unreadable'
  | 'split-unknown'
