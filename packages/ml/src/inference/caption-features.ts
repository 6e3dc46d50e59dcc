import { type Hypothesis, meanLogProb } from '../decode/hypothesis.ts'
import type { FeatureName, ModelCard } from '../models/model-card.ts'
import { conceptKey } from '../words/find-concept.ts'

export type CaptionFeatures = Record<FeatureName, number>

type Words = Pick<ModelCard, 'vocabulary' | 'labels'>

/**
 * What tells a good caption from a bad one before anybody has seen either. With r(w) the logarithm of a
 * word's place in the vocabulary, which is sorted by how common words are, and p(w) the probability of
 * the label that means the same:
 *
 *   labelSupport = Σ r(w)² · p(w) / Σ r(w)², over the caption's words that are labels
 *
 * The decoder and the label head judge the same picture independently: where they agree, both are more
 * often right. Rare words weigh more, as they do in CIDEr.
 */
export function measureCaption(
  hypothesis: Hypothesis,
  probabilities: Float32Array,
  { vocabulary, labels }: Words,
): CaptionFeatures {
  const labelsOf = indexLabels(labels)
  let [weights, support, labelledWords] = [0, 0, 0]
  for (const token of hypothesis.tokens) {
    const members = labelsOf.get(conceptKey(vocabulary[token]!))
    if (!members) continue
    const weight = Math.log(token) ** 2
    weights += weight
    support += weight * Math.max(...members.map((label) => probabilities[label]!))
    labelledWords++
  }
  return {
    meanLogProb: meanLogProb(hypothesis),
    labelSupport: weights === 0 ? 0 : support / weights,
    labelledWords,
  }
}

/** A model's labels never change; finding their concepts anew would take a millisecond a caption. */
const indexes = new WeakMap<readonly string[], Map<string, number[]>>()

function indexLabels(labels: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const known = indexes.get(labels)
  if (known) return known
  const index = new Map<string, number[]>()
  for (const [i, label] of labels.entries()) {
    const key = conceptKey(label)
    index.set(key, [...(index.get(key) ?? []), i])
  }
  indexes.set(labels, index)
  return index
}
