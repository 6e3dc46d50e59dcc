import type { CaptionModel } from '../inference/run-encoder.ts'
import { scoreCaptions } from '../metrics/score-captions.ts'
import type { BackboneCard } from '../models/backbone-card.ts'
import { saveModel } from '../models/save-model.ts'
import type { Runtime } from '../runtime/runtime.ts'
import { createSessionCache } from '../runtime/session-cache.ts'
import type { FeatureStore } from './dataset/feature-store.ts'
import type { UnlabeledImages } from './dataset/unlabeled-folder.ts'
import { captionSplit, type EvaluatedImage } from './evaluation/caption-split.ts'
import type { Trained, TrainLoopOptions } from './loop/train-loop-options.ts'
import { toModelCard } from './to-model-card.ts'
import type { TrainModelOptions } from './train-model-options.ts'

type Opened = {
  runtime: Runtime
  features: FeatureStore | undefined
  unlabeled: readonly UnlabeledImages[]
}

/** Scores the weights after an epoch, and saves the model whenever they are the best so far. */
export function createEpochEvaluation(
  options: TrainModelOptions,
  opened: Opened,
): TrainLoopOptions['evaluate'] {
  const save = async (trained: Trained, model: CaptionModel, dev: Record<string, number>) => {
    const { backbone, out } = options
    const card = toModelCard(trained, model, { ...options, opened: opened.unlabeled, dev })
    await saveModel(out, card, {
      values: trained.values,
      ...(backbone && { backbone: backbone.onnx }),
    })
  }
  return async (trained) => {
    const model = describeModel(trained, options)
    if (options.settings.teaching?.only) {
      const score = scoreTeaching(trained)
      if (trained.isBest(score)) await save(trained, model, {})
      return { score }
    }
    const images = await captionDev(trained, model, { options, ...opened })
    const metrics = scoreDev(images)
    const score = toScore(metrics, { images: images.length, trained })
    if (trained.isBest(score)) await save(trained, model, metrics)
    return { score, ...metrics, samples: images.slice(0, SAMPLES).map(toSample) }
  }
}

const SAMPLES = 6

/** A model that learned from its teacher alone cannot caption yet: the closest to the teacher is the best. */
const scoreTeaching = ({ devTeachLoss, epoch }: Trained): number =>
  devTeachLoss === undefined ? epoch : -devTeachLoss

async function captionDev(
  trained: Trained,
  model: CaptionModel,
  { options, runtime, features }: Omit<Opened, 'unlabeled'> & { options: TrainModelOptions },
): Promise<EvaluatedImage[]> {
  const cache = createSessionCache(runtime, { maxSessions: 4 })
  const context = { model, values: trained.values, use: cache.use }
  const images = await captionSplit(options.data, context, {
    split: 'dev',
    features,
    maxImages: options.devImages,
    method: { kind: 'greedy' },
    ...(options.signal ? { signal: options.signal } : {}),
  })
  await cache.dispose()
  return images
}

function scoreDev(images: readonly EvaluatedImage[]): Record<string, number> {
  if (images.length === 0) return {}
  const pairs = images.map(({ pair }) => pair)
  return scoreCaptions(pairs, { metrics: ['bleu', 'rouge', 'cider'] }).corpus
}

/** CIDEr compares images with each other: of one image, or none, it says nothing. */
function toScore(
  { CIDEr = 0 }: Record<string, number>,
  { images, trained }: { images: number; trained: Trained },
): number {
  if (images > 1) return CIDEr
  return trained.devLoss === undefined ? trained.epoch : -trained.devLoss
}

const toSample = ({ image, pair }: EvaluatedImage) => ({
  file: image.file,
  caption: pair.hypothesis,
  reference: image.captions[0],
})

const DECODING = { width: 3, lengthPenalty: 0.7 } as const

function describeModel(
  { settings, words }: Trained,
  { data, backbone, settings: options }: Pick<TrainModelOptions, 'data' | 'backbone' | 'settings'>,
): CaptionModel {
  const card: BackboneCard | null = backbone?.card ?? null
  return {
    settings,
    backbone: card,
    preprocessing: { square: data.imageSize },
    vocabulary: [...words.vocabulary.words],
    labels: words.labels,
    decoding: { ...DECODING, maxLength: options.length },
    calibration: null,
    shownLabels: null,
    photo: null,
  }
}
