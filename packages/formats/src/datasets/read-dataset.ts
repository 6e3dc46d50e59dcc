import { segmenterName, segmentWords } from '../unspaced-text.ts'
import type { TableOptions } from './caption-columns.ts'
import type { CaptionedDataset } from './captioned-dataset.ts'
import { checkCaptions } from './check-captions.ts'
import type { DatasetFinding } from './dataset-finding.ts'
import { openDatasetFolder } from './dataset-folder.ts'
import type { DatasetFormat } from './dataset-formats.ts'
import { type MatchedImage, matchImages } from './match-images.ts'
import { recogniseFormat } from './recognise-format.ts'
import { drawSplit } from './split-name.ts'

export type ReadDatasetOptions = {
  format?: DatasetFormat | undefined
  /** Where the images are, if not in the dataset's folder or below. */
  imageFolder?: string | undefined
  /** For datasets without splits. */
  splitSeed?: number
  /** Puts spaces between the words of captions in scripts that have none. */
  segment?: boolean
  /** For datasets that are tables. */
  table?: TableOptions
}

/**
 * Reads a folder with captioned images in any format we know. Whatever of it cannot be used is left
 * out and named; only a folder that is no dataset at all is an error. Images are not decoded.
 */
export async function readDataset(
  path: string,
  { format, imageFolder, splitSeed = 0, segment = false, table = {} }: ReadDatasetOptions = {},
): Promise<CaptionedDataset> {
  const folder = await openDatasetFolder(path)
  const images = imageFolder === undefined ? folder : await openDatasetFolder(imageFolder)
  const recognised = await recogniseFormat(folder, { format, table })
  const { found } = recognised
  const read = await recognised.format.read(folder, found, table)
  const matched = matchImages(read.entries, images)
  const captioned = segment ? matched.images.map(segmentCaptions) : matched.images
  return {
    format: recognised.format.name,
    recognisedBy: found.recognisedBy,
    ...assignSplits(captioned, splitSeed),
    ...(segment && { segmenter: segmenterName }),
    leftOut: [...new Set([folder, images])]
      .flatMap(({ errors }) => errors.map(toFinding))
      .concat(read.leftOut, matched.leftOut),
    warnings: [...read.warnings, ...checkCaptions(captioned)],
  }
}

const segmentCaptions = (image: MatchedImage): MatchedImage => ({
  ...image,
  captions: image.captions.map(segmentWords),
})

/** A dataset has splits if anything is in one of them; what is in none is unused then. */
function assignSplits(
  images: readonly MatchedImage[],
  seed: number,
): Pick<CaptionedDataset, 'splits' | 'images'> {
  const isGiven = images.some(({ split }) => split !== undefined && split !== 'unused')
  return {
    splits: isGiven ? 'given' : 'hashed',
    images: images.map((image) => ({
      ...image,
      split: isGiven ? (image.split ?? 'unused') : drawSplit(image.file, seed),
    })),
  }
}

const toFinding = ({ path, message }: { path: string; message: string }): DatasetFinding => ({
  what: path,
  reason: 'folder-unreadable',
  detail: message,
})
