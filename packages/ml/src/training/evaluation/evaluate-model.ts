import { confidenceOf } from '../../inference/confidence.ts'
import { type OpenCaptioner, openCaptioner } from '../../inference/open-captioner.ts'
import { defaultMetrics } from '../../metrics/caption-metrics.ts'
import { loadMeteor } from '../../metrics/meteor/meteor.ts'
import { scoreCaptions } from '../../metrics/score-captions.ts'
import type { ModelCard } from '../../models/model-card.ts'
import { saveCard } from '../../models/save-model.ts'
import { DataError } from '../dataset/data-error.ts'
import { openPreparedDataset, type PreparedDataset } from '../dataset/prepared-dataset.ts'
import {
  calibrateModel,
  isCalibrationImage,
  type ModelCalibration,
  measureCalibration,
  type ScoredImage,
} from './calibrate-model.ts'
import { type CaptionedSplitOptions, captionSplit } from './caption-split.ts'
import type { EvaluationOptions } from './evaluation-options.ts'

export type Evaluation = {
  /** One for each image that was scored, in their order. */
  captions: EvaluatedCaption[]
  /** Of captions, by the names of the COCO evaluation; then of confidence and labels. */
  scores: Record<string, number>
  /** Which of METEOR's stages ran. */
  meteorVariant: string
  /** Whether confidence and labels were fitted; false: there were too few images for it. */
  isCalibrated: boolean | undefined
}

type EvaluatedCaption = {
  id: string
  file: string
  caption: string
  /** Null where the model is not calibrated. */
  confidence: number | null
  reference: string | undefined
}

type EvaluationContext = {
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number }) => void
}

/**
 * Captions a split of a prepared dataset with a model and scores the captions. With `record`, the scores
 * become part of the model's card, and on dev its confidence and labels are fitted first, on one half of
 * the images; the scores of confidence and labels are then of the other half.
 */
export async function evaluateModel(
  options: EvaluationOptions,
  context: EvaluationContext = {},
): Promise<Evaluation> {
  const data = await openPreparedDataset(options.data, { verify: true })
  try {
    await using captioner = await openCaptioner(options.model, { device: options.device })
    return await evaluate({ data, captioner }, options, context)
  } finally {
    data.close()
  }
}

async function evaluate(
  { data, captioner }: { data: PreparedDataset; captioner: OpenCaptioner },
  options: EvaluationOptions,
  context: EvaluationContext,
): Promise<Evaluation> {
  const { split, record } = options
  const images = await captionSplit(
    data,
    captioner,
    toSplitOptions(data, captioner.card, { options, ...context }),
  )
  const meteor = await loadMeteor()
  const { corpus, perImage } = scoreCaptions(
    images.map(({ pair }) => pair),
    { metrics: defaultMetrics, meteor },
  )
  const scored = images.map((image, i) => ({ ...image, cider: perImage[i]?.CIDEr ?? 0 }))
  const isFitted = record && split === 'dev'
  const fitted = isFitted ? calibrateModel(scored, captioner.card.labels) : undefined
  const card = { ...captioner.card, ...fitted }
  const scores = { ...corpus, ...measureHeldOut(scored, card, split) }
  if (record)
    await saveCard(options.model, { ...card, metrics: { ...card.metrics, [split]: scores } })
  return {
    captions: scored.map((image) => toEvaluatedCaption(image, card)),
    scores,
    meteorVariant: meteor.variant,
    isCalibrated: isFitted ? fitted !== undefined : undefined,
  }
}

function toSplitOptions(
  data: PreparedDataset,
  card: ModelCard,
  { options, signal, onProgress }: EvaluationContext & { options: EvaluationOptions },
): CaptionedSplitOptions {
  const { split, images: maxImages } = options
  const count = data.images.filter((image) => image.split === split).length
  if (count === 0) throw new DataError(`${data.folder} has no images in its ${split} split.`)
  const total = Math.min(count, maxImages ?? count)
  let done = 0
  onProgress?.({ done, total })
  return {
    split,
    method: toMethod(options, card),
    ...(maxImages === undefined ? {} : { maxImages }),
    ...(signal && { signal }),
    onImages(images) {
      done += images
      onProgress?.({ done, total })
    },
  }
}

function toMethod(
  { beam, lengthPenalty }: EvaluationOptions,
  { decoding }: ModelCard,
): NonNullable<CaptionedSplitOptions['method']> {
  const width = beam ?? decoding.width
  if (width === 1) return { kind: 'greedy' }
  return { kind: 'beam', width, lengthPenalty: lengthPenalty ?? decoding.lengthPenalty }
}

/** One half of dev is what confidence and labels are fitted on, now or before. */
function measureHeldOut(
  images: readonly ScoredImage[],
  card: ModelCalibration & Pick<ModelCard, 'labels'>,
  split: EvaluationOptions['split'],
): Record<string, number> {
  const heldOut = split === 'dev' ? images.filter((image) => !isCalibrationImage(image)) : images
  return measureCalibration(heldOut, card)
}

const toEvaluatedCaption = (
  { image, captions: [best] }: ScoredImage,
  { calibration }: Pick<ModelCard, 'calibration'>,
): EvaluatedCaption => ({
  id: image.id,
  file: image.file,
  caption: best?.text ?? '',
  confidence: best && calibration ? confidenceOf(calibration, best.features) : null,
  reference: image.captions[0],
})
