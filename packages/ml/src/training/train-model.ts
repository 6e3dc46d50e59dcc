import type { CaptionModel } from '../inference/run-encoder.ts'
import { scoreCaptions } from '../metrics/score-captions.ts'
import type { BackboneCard } from '../models/backbone-card.ts'
import type { ModelCard } from '../models/model-card.ts'
import { modelCardFormat, modelCardVersion } from '../models/model-card.ts'
import { saveModel } from '../models/save-model.ts'
import { openRuntime, type Runtime } from '../runtime/runtime.ts'
import { createSessionCache } from '../runtime/session-cache.ts'
import { cacheFeatures } from './dataset/cache-features.ts'
import type { FeatureStore } from './dataset/feature-store.ts'
import type { UnlabeledImages } from './dataset/unlabeled-folder.ts'
import { captionSplit, type EvaluatedImage } from './evaluation/caption-split.ts'
import { createSelfCriticalSampler } from './loop/self-critical.ts'
import { trainLoop } from './loop/train-loop.ts'
import type { Trained, TrainLoopOptions } from './loop/train-loop-options.ts'
import { describeTeacher, openTeaching } from './teacher/open-teaching.ts'
import type { TrainModelOptions } from './train-model-options.ts'

/** Trains, captions dev after each epoch, and keeps the weights with the best CIDEr as the model. */
export async function trainModel(options: TrainModelOptions): Promise<void> {
  const { data, out, init } = options
  // Sampled captions are weighed by their worth, which smoothing would blur.
  const settings = options.settings.selfCritical
    ? { ...options.settings, smoothing: 0 }
    : options.settings
  await using runtime = await openRuntime({ ...options.runtime, spinning: true })
  await using teaching = await openTeaching(options, runtime)
  const { teacher, extra } = teaching
  const features = await look(options, runtime)
  const trainOptions: TrainLoopOptions = {
    ...options,
    features,
    extra,
    teacher,
    init: init?.model,
    settings,
    ...(settings.selfCritical
      ? {
          sampleCaptions: createSelfCriticalSampler(
            data.images.filter(({ split }) => split === 'train'),
            runtime,
            settings,
          ),
        }
      : {}),
    compile: async (onnx) => (await runtime.openSession(onnx)).run,

    async evaluate(trained) {
      if (settings.teaching?.only) return evaluateTeaching(trained)
      const cache = createSessionCache(runtime, { maxSessions: 4 })
      const model = describeModel(trained, data.imageSize, options.backbone?.card ?? null)
      const captioner = { model, values: trained.values, use: cache.use }
      const images = await captionSplit(data, captioner, {
        split: 'dev',
        features,
        maxImages: options.devImages,
        method: { kind: 'greedy' },
        ...(options.signal ? { signal: options.signal } : {}),
      })
      await cache.dispose()
      const corpus = scoreDev(images)
      const score = worthOf(corpus, { images: images.length, trained })
      if (trained.isBest(score)) {
        await save(trained, model, corpus)
      }
      const samples = images.slice(0, 6).map(({ image, pair }) => ({
        file: image.file,
        caption: pair.hypothesis,
        reference: image.captions[0],
      }))
      return { score, ...corpus, samples }
    },
  }

  async function save(trained: Trained, model: CaptionModel, dev: Record<string, number>) {
    const card = toCard(trained, model, { ...options, settings, extra, dev })
    const backbone = options.backbone && { backbone: options.backbone.onnx }
    await saveModel(out, card, { values: trained.values, ...backbone })
  }

  /** Of a model that cannot caption yet: what is best is what comes closest to the teacher. */
  async function evaluateTeaching(trained: Trained) {
    const { devTeachLoss, epoch } = trained
    const score = devTeachLoss === undefined ? epoch : -devTeachLoss
    if (trained.isBest(score)) await save(trained, describeModel(trained, data.imageSize, null), {})
    return { score }
  }

  try {
    await trainLoop(trainOptions)
  } finally {
    features?.close()
  }
}

/** CIDEr compares images with each other: of one image, or none, it says nothing. */
function worthOf(
  { CIDEr = 0 }: Record<string, number>,
  { images, trained }: { images: number; trained: Trained },
): number {
  if (images > 1) return CIDEr
  return trained.devLoss === undefined ? trained.epoch : -trained.devLoss
}

function scoreDev(images: readonly EvaluatedImage[]): Record<string, number> {
  if (images.length === 0) return {}
  const pairs = images.map(({ pair }) => pair)
  return scoreCaptions(pairs, { metrics: ['bleu', 'rouge', 'cider'] }).corpus
}

/** What the backbone makes of all pictures, from the disk if it did so before. */
async function look(
  { data, backbone, signal, onPictures }: TrainModelOptions,
  runtime: Runtime,
): Promise<FeatureStore | undefined> {
  if (!backbone) return undefined
  const session = await runtime.openSession(backbone.onnx)
  try {
    return await cacheFeatures(data, backbone, { run: session.run, signal, onPictures })
  } finally {
    await session.dispose()
  }
}

const DECODING = { width: 3, lengthPenalty: 0.7, maxLength: 20 } as const

function describeModel(
  { settings, words }: Trained,
  square: number,
  backbone: BackboneCard | null,
): CaptionModel {
  return {
    settings,
    backbone,
    preprocessing: { square },
    vocabulary: [...words.vocabulary.words],
    labels: words.labels,
    decoding: DECODING,
    calibration: null,
    shownLabels: null,
    photo: null,
  }
}

function toCard(
  trained: Trained,
  model: CaptionModel,
  options: TrainModelOptions & { extra: readonly UnlabeledImages[]; dev: Record<string, number> },
): Omit<ModelCard, 'files'> {
  const { data, settings, init, dev } = options
  return {
    ...model,
    format: modelCardFormat,
    version: modelCardVersion,
    name: options.name,
    metrics: Object.keys(dev).length > 0 ? { 'dev, greedy': dev } : {},
    training: {
      data: data.card.name,
      dataLicence: options.dataLicence,
      dataSha256: data.card.sha256['captions.jsonl'],
      images: data.card.splits.train?.images ?? 0,
      seed: settings.seed,
      epochs: trained.epoch,
      settings,
      startedFrom: init?.folder ?? null,
      teacher: describeTeacher(trained, options),
    },
    limits: [],
    createdBy: options.createdBy,
  }
}
