import { createHash } from 'node:crypto'
import { confidenceOf } from '../../inference/confidence.ts'
import { selectLabels } from '../../inference/select-labels.ts'
import { rankCorrelation } from '../../metrics/rank-correlation.ts'
import type { ModelCard } from '../../models/model-card.ts'
import { calibrateConfidence, calibrationError } from './calibrate-confidence.ts'
import type { EvaluatedImage } from './caption-split.ts'
import { findHumanCider } from './find-human-cider.ts'
import { fitLabels, measureLabels } from './fit-labels.ts'

/** An image, its caption and labels, and the caption's CIDEr-D among all images of the split. */
export type ScoredImage = Pick<
  EvaluatedImage,
  'image' | 'captions' | 'labelProbabilities' | 'pair'
> & {
  cider: number
}

export type ModelCalibration = Pick<ModelCard, 'calibration' | 'shownLabels'>

/**
 * Fits the confidence and the thresholds of labels on one half of the images; the other half is there to
 * measure them on. Undefined where a half has too few images, or images have one caption each: then what
 * people agree on is not known.
 */
export function calibrateModel(
  images: readonly ScoredImage[],
  labels: readonly string[],
): ModelCalibration | undefined {
  const level = findHumanCider(images.map(({ pair }) => pair))
  const half = images.filter(isCalibrationImage)
  if (level === undefined || half.length < MIN_IMAGES) return undefined
  if (images.length - half.length < MIN_IMAGES) return undefined
  return {
    calibration: calibrateConfidence(half.flatMap(withFeatures), level),
    shownLabels: fitLabels(labels, half.map(toLabelled)),
  }
}

/** How confidence and labels do on these images; confidence is left out where there is none. */
export function measureCalibration(
  images: readonly ScoredImage[],
  model: ModelCalibration & Pick<ModelCard, 'labels'>,
): Record<string, number> {
  const shown = images.map(({ labelProbabilities, pair: { references } }) => ({
    labels: selectLabels(labelProbabilities, model),
    references,
  }))
  return { ...measureConfidence(images, model.calibration), ...measureLabels(shown) }
}

/** Half of all names, the same ones on every machine. */
export const isCalibrationImage = ({ image }: Pick<ScoredImage, 'image'>): boolean =>
  createHash('sha256').update(image.file).digest()[0]! % 2 === 0

/** Fewer captions say nothing about others. */
const MIN_IMAGES = 10

function measureConfidence(
  images: readonly ScoredImage[],
  calibration: ModelCalibration['calibration'],
): Record<string, number> {
  if (!calibration) return {}
  const predictions = images.flatMap(withFeatures).map(({ features, cider }) => ({
    confidence: confidenceOf(calibration, features),
    cider,
    isCorrect: cider >= calibration.level,
  }))
  return {
    confidenceCorrelation: rankCorrelation(
      predictions.map(({ confidence }) => confidence),
      predictions.map(({ cider }) => cider),
    ),
    calibrationError: calibrationError(predictions),
  }
}

const withFeatures = ({ captions: [caption], cider }: ScoredImage) =>
  caption ? [{ features: caption.features, cider }] : []

const toLabelled = ({ labelProbabilities, pair: { references } }: ScoredImage) => ({
  labelProbabilities,
  references,
})
