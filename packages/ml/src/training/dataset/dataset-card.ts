import { z } from 'zod'

/** What is in a prepared dataset: `dataset.json`, beside the two files it describes. */
export type DatasetCard = z.infer<typeof DatasetCard>

export type DatasetSplit = z.infer<typeof DatasetSplit>
export const DatasetSplit = z.enum(['train', 'dev', 'test', 'unused'])

/** Something that was left out or is to be known: which file, and why. */
export type DatasetFinding = z.infer<typeof DatasetFinding>
const DatasetFinding = z.object({
  what: z.string(),
  reason: z.string(),
  detail: z.string().optional(),
})

/** All are counted; of each reason only the first are named. */
export type DatasetFindings = z.infer<typeof DatasetFindings>
export const DatasetFindings = z.object({
  count: z.int().min(0),
  byReason: z.record(z.string(), z.int().min(1)),
  items: z.array(DatasetFinding),
})

const SplitCount = z.object({ images: z.int().min(0), captions: z.int().min(0) })
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const cardFormat = 'descry-dataset'
export const cardVersion = 1

export const DatasetCard = z.object({
  format: z.literal(cardFormat),
  version: z.literal(cardVersion),
  name: z.string(),
  /** `splits` says where they came from: the dataset, or a hash of the file name with a seed. */
  source: z.object({
    format: z.string(),
    splits: z.string(),
    /** What put spaces between the words of captions that have none, if that was asked for. */
    segmenter: z.string().optional(),
  }),
  /** Pictures are squares of so many pixels a side. */
  imageSize: z.int().min(1),
  splits: z.record(DatasetSplit, SplitCount),
  leftOut: DatasetFindings,
  warnings: DatasetFindings,
  createdBy: z.string(),
  sha256: z.object({ 'captions.jsonl': Sha256, 'pixels.rgb': Sha256 }),
})

/** One line of `captions.jsonl`. */
export type CaptionLine = z.infer<typeof CaptionLine>
export const CaptionLine = z.object({
  id: z.string(),
  file: z.string(),
  split: DatasetSplit,
  captions: z.array(z.string()).min(1),
  /** Of the file the picture came from; datasets prepared by an older Descry lack it. */
  sha256: Sha256.optional(),
})

export function toFindings(all: readonly DatasetFinding[]): DatasetFindings {
  const byReason: Record<string, number> = {}
  const items = all.filter(({ reason }) => {
    byReason[reason] = (byReason[reason] ?? 0) + 1
    return byReason[reason] <= NAMED_PER_REASON
  })
  return { count: all.length, byReason, items }
}

const NAMED_PER_REASON = 100
