import type { ShownLabel } from '../models/model-card.ts'
import { conceptKey } from '../words/find-concept.ts'
import { createLabelTest, groupByConcept } from '../words/label-words.ts'

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
 * The lowest probability from which on at least `MIN_SHOWN` images have the label and the lower bound of
 * its precision is `MIN_PRECISION` or more.
 */
export function findThreshold(
  seen: readonly { probability: number; isRight: boolean }[],
): number | undefined {
  const sorted = seen.toSorted((a, b) => b.probability - a.probability)
  let right = 0
  let threshold: number | undefined
  for (const [i, { probability, isRight }] of sorted.entries()) {
    if (isRight) right++
    if (sorted[i + 1]?.probability === probability) continue // a threshold shows both or none
    const shown = i + 1
    if (shown >= MIN_SHOWN && lowerBound(right, shown) >= MIN_PRECISION) threshold = probability
  }
  return threshold
}

const MIN_SHOWN = 5

/**
 * Labels have to be right every second time. Of many thresholds the one chosen tends to look better than
 * it is: with 0.5 here, 16 of 21 labels were right that often on other images too, with 0.55 17 of 18.
 */
const MIN_PRECISION = 0.55

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
