import type { ModelCard } from '../models/model-card.ts'

export type PredictedLabel = { word: string; probability: number }

type LabelModel = Pick<ModelCard, 'labels' | 'shownLabels'>

/**
 * The words that a picture's label probabilities speak for, most probable first. Where the model has
 * thresholds, a word is shown from its own on, with the largest probability of its forms; without, every
 * label is shown that is more probable than not.
 */
export function selectLabels(probabilities: Float32Array, model: LabelModel): PredictedLabel[] {
  return (model.shownLabels ?? withoutThresholds(model.labels))
    .map(({ word, members, threshold }) => ({
      word,
      threshold,
      probability: Math.max(...members.map((member) => probabilities[member]!)),
    }))
    .filter(({ probability, threshold }) => probability >= threshold)
    .map(({ word, probability }) => ({ word, probability }))
    .toSorted((a, b) => b.probability - a.probability)
    .slice(0, MAX_LABELS)
}

const withoutThresholds = (labels: readonly string[]) =>
  labels.map((word, i) => ({ word, members: [i], threshold: 0.5 }))

const MAX_LABELS = 10
