import { logistic } from '../../inference/logistic.ts'
import type { ShownLabel } from '../../models/model-card.ts'
import { conceptKey } from '../../words/find-concept.ts'
import { createLabelTest, groupByConcept } from '../../words/label-words.ts'
import { fitLogistic } from './fit-logistic.ts'

export type LabelledImage = {
  /** One for each label of the model. */
  labelProbabilities: Float32Array
  /** What people wrote, tokenized. */
  references: readonly string[]
}

/**
 * Which labels are shown, and from which probability on: things, actions and colours (see
 * `createLabelTest`), forms of a word as one. A threshold is the lowest at which the label is right often
 * enough, right meaning that a form of the word is in one of the image's references. Labels that never
 * are get none, and are not shown.
 */
export function fitLabels(
  labels: readonly string[],
  images: readonly LabelledImage[],
): ShownLabel[] {
  const isLabel = createLabelTest(images.flatMap(({ references }) => references))
  const named = images.map(listConcepts)
  return groupByConcept(labels)
    .filter(({ word }) => isLabel(word))
    .flatMap(({ key, word, members }) => {
      const seen = images.map(({ labelProbabilities }, i) => ({
        probability: Math.max(...members.map((member) => labelProbabilities[member]!)),
        isRight: named[i]!.has(key),
      }))
      const threshold = findThreshold(seen)
      return threshold === undefined ? [] : [{ word, members, threshold }]
    })
}

/** How the labels shown do on images that the thresholds were not fitted on. */
export function measureLabels(
  shown: readonly { labels: readonly { word: string }[]; references: readonly string[] }[],
) {
  const counts = new Map<string, { right: number; all: number }>()
  for (const { labels, references } of shown) {
    const named = listConcepts({ references })
    for (const { word } of labels) {
      const count = counts.get(word) ?? { right: 0, all: 0 }
      count.all++
      if (named.has(conceptKey(word))) count.right++
      counts.set(word, count)
    }
  }
  const all = [...counts.values()]
  const sum = (key: 'right' | 'all') => all.reduce((total, count) => total + count[key], 0)
  return {
    /** The share of the labels shown that are right. */
    labelPrecision: sum('right') / Math.max(1, sum('all')),
    /** The share of the words among them that are right at least every second time. */
    reliableLabels:
      all.filter(({ right, all }) => right / all >= 0.5).length / Math.max(1, all.length),
    labelsPerImage: sum('all') / Math.max(1, shown.length),
  }
}

const listConcepts = ({ references }: Pick<LabelledImage, 'references'>): Set<string> =>
  new Set(references.flatMap((text) => text.split(' ')).map(conceptKey))

/**
 * The lowest probability at which the label is more likely right than wrong, by logistic regression, and
 * from which on it was right often enough on the images seen: on at least `MIN_SHOWN`, with a lower bound
 * of `MIN_PRECISION`.
 */
export function findThreshold(
  seen: readonly { probability: number; isRight: boolean }[],
): number | undefined {
  const trend = fitLogistic(
    seen.map(({ probability, isRight }) => ({ x: logit(probability), share: Number(isRight) })),
  )
  const sorted = seen.toSorted((a, b) => b.probability - a.probability)
  let right = 0
  let threshold: number | undefined
  for (const [i, { probability, isRight }] of sorted.entries()) {
    if (isRight) right++
    if (sorted[i + 1]?.probability === probability) continue // a threshold shows both or none
    const shown = i + 1
    if (shown < MIN_SHOWN || lowerBound(right, shown) < MIN_PRECISION) continue
    if (logistic(trend, logit(probability)) >= 0.5) threshold = probability
  }
  return threshold
}

const MIN_SHOWN = 5
const MIN_PRECISION = 0.5

/** ln p / (1 − p), of a p that may be rounded to 0 or 1. */
function logit(p: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, p))
  return Math.log(inside / (1 - inside))
}

/**
 * The true share is above this in 95 of 100 cases.
 * Source: Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference".
 */
function lowerBound(hits: number, count: number): number {
  const z = 1.645
  const p = hits / count
  const spread = z * Math.sqrt((p * (1 - p)) / count + z ** 2 / (4 * count ** 2))
  return (p + z ** 2 / (2 * count) - spread) / (1 + z ** 2 / count)
}
