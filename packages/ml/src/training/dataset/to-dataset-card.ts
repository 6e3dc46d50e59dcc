import {
  cardFormat,
  cardVersion,
  type DatasetCard,
  type DatasetFinding,
  toFindings,
} from './dataset-card.ts'
import type { SourceImage } from './source-image.ts'
import type { WrittenPixels } from './write-pixels.ts'

export type CardOptions = {
  /** What reading the dataset left out already, and what it found worth knowing. */
  leftOut: readonly DatasetFinding[]
  warnings: readonly DatasetFinding[]
  name: string
  source: DatasetCard['source']
  imageSize: number
  createdBy: string
}

/** The card of what was written. */
export function toDatasetCard(
  options: CardOptions,
  { kept, broken, leaks }: WrittenPixels,
  sha256: DatasetCard['sha256'],
): DatasetCard {
  const splits = countSplits(kept)
  return {
    format: cardFormat,
    version: cardVersion,
    name: options.name,
    source: options.source,
    imageSize: options.imageSize,
    splits,
    leftOut: toFindings([...options.leftOut, ...broken]),
    warnings: toFindings([...options.warnings, ...leaks, ...warnOfSize(splits, options.name)]),
    createdBy: options.createdBy,
    sha256,
  }
}

function countSplits(images: readonly SourceImage[]): DatasetCard['splits'] {
  const none = () => ({ images: 0, captions: 0 })
  const splits = { train: none(), dev: none(), test: none(), unused: none() }
  for (const { split, captions } of images) {
    splits[split].images++
    splits[split].captions += captions.length
  }
  return splits
}

function warnOfSize(splits: DatasetCard['splits'], what: string): DatasetFinding[] {
  const total = Object.values(splits).reduce((sum, { images }) => sum + images, 0)
  return [
    ...(total === 1 ? [{ what, reason: 'only-one-image' }] : []),
    ...(splits.train.images === 0 ? [{ what, reason: 'nothing-to-train-on' }] : []),
    ...(total > 1 && splits.dev.images < 2 ? [{ what, reason: 'too-few-dev-images' }] : []),
    ...(total > 1 && splits.test.images === 0 ? [{ what, reason: 'no-test-images' }] : []),
  ]
}
