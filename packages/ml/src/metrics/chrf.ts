import type { CaptionMetric } from './caption-metric.ts'
import { mean } from './mean.ts'
import type { CaptionPair } from './metric.ts'
import { requireReferences } from './require-references.ts'

/**
 * chrF: F-measure of the character n-grams, n = 1 to 6, that a caption shares with its best reference,
 * recall counting β² = 4 times as much as precision; blanks do not count.
 *
 *   P, R = means over n of the shares of n-grams found;  chrF = (1 + β²) P R / (β² P + R)
 *
 * Source: Popović 2015, "chrF: character n-gram F-score for automatic MT evaluation".
 */
export const chrfMetric = {
  name: 'chrf',
  about: 'chrF, of character n-grams',
  isDefault: false,
  uses: null,
  score(pairs) {
    const perImage = pairs.map(scorePair)
    return [{ key: 'chrF', corpus: mean(perImage), perImage }]
  },
} as const satisfies CaptionMetric

const BETA = 2
const MAX_ORDER = 6

function scorePair(pair: CaptionPair): number {
  requireReferences(pair)
  return Math.max(...pair.references.map((reference) => compare(pair.hypothesis, reference)))
}

function compare(hypothesis: string, reference: string): number {
  const orders = Array.from({ length: MAX_ORDER }, (_, i) => i + 1)
  const shares = orders.map((n) => {
    const [ours, theirs] = [countNgrams(hypothesis, n), countNgrams(reference, n)]
    const found = [...ours].reduce(
      (sum, [gram, count]) => sum + Math.min(count, theirs.get(gram) ?? 0),
      0,
    )
    return { precision: found / Math.max(1, sum(ours)), recall: found / Math.max(1, sum(theirs)) }
  })
  const precision = mean(shares.map((share) => share.precision))
  const recall = mean(shares.map((share) => share.recall))
  const weighted = BETA ** 2 * precision + recall
  return weighted === 0 ? 0 : ((1 + BETA ** 2) * precision * recall) / weighted
}

function countNgrams(text: string, n: number): Map<string, number> {
  const characters = [...text.replaceAll(' ', '')]
  const counts = new Map<string, number>()
  for (let i = 0; i + n <= characters.length; i++) {
    const gram = characters.slice(i, i + n).join('')
    counts.set(gram, (counts.get(gram) ?? 0) + 1)
  }
  return counts
}

const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0)
