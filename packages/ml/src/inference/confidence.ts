import type { Calibration } from '../models/model-card.ts'
import type { CaptionFeatures } from './caption-features.ts'
import { logistic } from './logistic.ts'

/** The probability that a caption reaches the quality its model was calibrated for; see `calibrateConfidence`. */
export const confidenceOf = (calibration: Calibration, features: CaptionFeatures): number =>
  logistic(calibration, qualityOf(calibration, features))

type Feature = Calibration['features'][number]

export const qualityOf = (
  { features }: Pick<Calibration, 'features'>,
  found: CaptionFeatures,
): number =>
  features.reduce((sum, feature) => sum + feature.weight * standardize(feature, found), 0)

export const standardize = (
  { name, mean, deviation }: Omit<Feature, 'weight'>,
  found: CaptionFeatures,
): number => (deviation === 0 ? 0 : (found[name] - mean) / deviation)
