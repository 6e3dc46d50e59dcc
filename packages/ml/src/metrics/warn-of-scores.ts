import { usesResource } from './caption-metrics.ts'
import type { CaptionPair } from './metric.ts'
import { warnOf } from './pair-captions.ts'
import type { ScoreOptions } from './score-captions.ts'

/** Where a number says less than it seems to, in words. `ids` stand beside `pairs`. */
export function warnOfScores(
  ids: readonly string[],
  pairs: readonly CaptionPair[],
  { metrics, documentFrequency }: Pick<ScoreOptions, 'metrics' | 'documentFrequency'>,
): string[] {
  const idsWhere = (test: (pair: CaptionPair) => boolean) =>
    ids.filter((_, image) => test(pairs[image]!))
  const counted = documentFrequency?.images ?? pairs.length
  const usesCider = usesResource(metrics, 'documentFrequency')
  return [
    ...(usesCider && counted === 1 ? [CIDER_OF_ONE] : []),
    ...warnOf(
      idsWhere(({ hypothesis }) => isEmpty(hypothesis)),
      'whose hypothesis is empty after tokenization',
    ),
    ...warnOf(
      idsWhere(({ references }) => references.some(isEmpty)),
      'with a reference that is empty after tokenization',
    ),
  ]
}

const isEmpty = (text: string) => text.trim() === ''

const CIDER_OF_ONE =
  'CIDEr is always 0 where document frequencies are of a single image: every n-gram is in all images. ' +
  'Score more images, or give document frequencies of a larger set.'
