import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import type { RunGraph } from '../models/create-step.ts'
import type { LoadedModel } from '../models/load-model.ts'
import type { ModelSettings } from '../models/model-settings.ts'
import { withWords } from '../models/model-sizes.ts'
import { createRandom, type Random } from '../random.ts'
import { readVocabulary, UNKNOWN } from '../tokenizer/vocabulary.ts'
import { norm } from './adamw.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { appendCurves, cutCurves } from './curves.ts'
import type { FeatureStore } from './feature-store.ts'
import { learningRate } from './learning-rate.ts'
import { lockRun } from './lock-run.ts'
import {
  type Batch,
  type BatchOptions,
  makeBatch,
  orderEpoch,
  type PictureSource,
} from './make-batch.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import { TrainError } from './train-error.ts'
import type { TrainSettings } from './train-settings.ts'
import { averagedValues, createState, type TrainState } from './train-state.ts'
import { trainStep } from './train-step.ts'
import {
  encodeTrainingData,
  prepareTrainingData,
  type TrainingData,
  type TrainingImage,
} from './training-data.ts'
import { buildTrainingGraph, type TrainingGraph } from './training-graph.ts'
import { createValidation, type Validate } from './validate.ts'

export type TrainOptions = {
  data: PreparedDataset
  /** What the backbone of a model without eyes of its own made of the pictures. */
  features?: FeatureStore | undefined
  out: string
  settings: TrainSettings
  resume: boolean
  /** Images of the dev split whose loss is measured after each epoch; 500 if left out. */
  devImages?: number
  /** Weights and words to start from instead of chance. */
  init?: LoadedModel | undefined
  /** Compiles a graph where it will run. */
  compile: (onnx: Uint8Array) => Promise<RunGraph>
  /** Scores the averaged weights after an epoch; the greatest `score` is kept as the model. */
  evaluate: (trained: Trained) => Promise<{ score: number; [name: string]: unknown }>
  /** Replaces the captions of a batch, for self-critical training. */
  resample?: ((drawn: DrawnBatch) => Promise<Resampled>) | undefined
  /** Stops after the step in hand. */
  signal?: AbortSignal
  onStart?: ((start: StartReport) => void) | undefined
  onStep?: (step: StepReport) => void
  onEpoch?: (epoch: EpochReport) => void | Promise<void>
}

export type DrawnBatch = {
  batch: Batch
  images: readonly TrainingImage[]
  /** The weights as they are. */
  values: ReadonlyMap<string, Float32Array>
  settings: ModelSettings
  words: Pick<TrainingData, 'vocabulary'>
  random: Random
}

/** `reward` is the mean of what the captions are worth. */
export type Resampled = { batch: Batch; reward: number }

export type Trained = {
  settings: ModelSettings
  values: ReadonlyMap<string, Float32Array>
  words: Pick<TrainingData, 'vocabulary' | 'labels'>
  epoch: number
  /** Of the dev split; undefined without one. */
  devLoss: number | undefined
  /** The later one of two that are equally good. */
  isBest: (score: number) => boolean
}

/** `epoch`: how many are done already. `unknown` of `tokens` words of the captions have no id. */
export type StartReport = { epoch: number; tokens: number; unknown: number }

export type StepReport = {
  epoch: number
  epochs: number
  step: number
  steps: number
  captionLoss: number
  labelLoss: number
  gradientNorm: number
  /** Of the captions sampled, in self-critical training. */
  reward?: number
  rate: number
  images: number
}

export type EpochReport = { epoch: number; captionLoss: number; labelLoss: number } & Record<
  string,
  unknown
>

/**
 * Trains a captioner: an epoch is one pass over the images, but for those that fill no batch; cross-entropy with label
 * smoothing plus the label loss, AdamW along a warm-up and a cosine, and a running average of the weights
 * that is what the model becomes. All chance comes from (seed, epoch, step), so a run that stopped goes
 * on from its last epoch with the very same steps.
 */
export async function trainCaptioner(options: TrainOptions): Promise<Checkpoint> {
  using _lock = await lockRun(options.out)
  const run = await startRun(options)
  let { checkpoint } = run
  options.onStart?.({ epoch: checkpoint.epoch, ...countWords(run.words) })
  while (checkpoint.epoch < options.settings.epochs) {
    const losses = await trainEpoch(run, checkpoint)
    if (!losses) return checkpoint
    const scored = await scoreEpoch(run, checkpoint)
    if (!scored) return checkpoint
    checkpoint = scored.checkpoint
    const report: EpochReport = { epoch: checkpoint.epoch, ...losses, ...scored.scores }
    await appendCurves(options.out, report)
    await writeCheckpoint(options.out, checkpoint, run.state)
    await options.onEpoch?.(report)
  }
  return checkpoint
}

/** What all steps of a run share. */
type Run = {
  options: TrainOptions
  words: TrainingData
  model: ModelSettings
  graph: TrainingGraph
  compute: RunGraph
  /** Undefined: there are no images to validate on. */
  validate: Validate | undefined
  state: TrainState
  /** Where the run begins or goes on. */
  checkpoint: Checkpoint
  /** Images of a step. */
  batch: number
  /** Steps of an epoch. */
  steps: number
}

async function startRun(options: TrainOptions): Promise<Run> {
  const { data, out, settings, init } = options
  await refuseModelFolder(out)
  const words = prepareWords(data, settings, init)
  const model =
    init?.card.settings ??
    withWords(settings.model, {
      vocabulary: words.vocabulary.words.length,
      labels: words.labels.length,
    })
  requireFeatures(model, options.features)
  const images = words.images.length
  const batch = Math.min(settings.batch, images)
  const graph = buildTrainingGraph(model, { ...settings, images: batch })
  const compute = await options.compile(graph.onnx)

  const validate = await startValidation(options, words, model)
  const state = createState(graph.parameters, { seed: settings.seed, init: init?.values })
  const fingerprint = fingerprintOf(options, model)
  const found = await readCheckpoint(out, fingerprint, state)
  if (found && found.checkpoint.epoch > 0 && !options.resume) throw holdsRun(out)
  if (found) state.optimizer = { ...state.optimizer, step: found.step }
  const checkpoint = found?.checkpoint ?? { epoch: 0, best: null, fingerprint }
  if (!found) await writeCheckpoint(out, checkpoint, state)
  await cutCurves(out, checkpoint.epoch)
  const steps = Math.max(1, Math.floor(images / batch))
  return { options, words, model, graph, compute, validate, state, checkpoint, batch, steps }
}

/** A model without a checkpoint is not ours to replace: the built-in one, or the one to start from. */
async function refuseModelFolder(out: string): Promise<void> {
  const names = await readdir(out)
  if (names.includes('checkpoint.bin') || !names.includes('model.json')) return
  throw new TrainError(`${out} holds a model already. Give another --out.`)
}

const holdsRun = (out: string) =>
  new TrainError(`${out} holds a run already. Go on with --resume, or give another --out.`)

async function startValidation(
  options: TrainOptions,
  words: TrainingData,
  settings: ModelSettings,
): Promise<Validate | undefined> {
  const { data, devImages = 500, compile } = options
  const dev = data.images.filter(({ split }) => split === 'dev').slice(0, devImages)
  const images = encodeTrainingData(dev, words)
  if (images.length === 0) return undefined
  const { length } = options.settings
  return createValidation(images, { settings, length, source: sourceOf(options), compile })
}

type Losses = { captionLoss: number; labelLoss: number; reward?: number }

/** The mean losses of the epoch behind the checkpoint; undefined if it was stopped. */
async function trainEpoch(run: Run, { epoch }: Checkpoint): Promise<Losses | undefined> {
  const { seed } = run.options.settings
  const { signal, onStep } = run.options
  const order = orderEpoch(run.words.images.length, { seed, epoch })
  const sums = { captionLoss: 0, labelLoss: 0 }
  let reward = 0
  for (let step = 0; step < run.steps; step++) {
    if (signal?.aborted) return undefined
    const report = await takeStep(run, order, { epoch, step })
    if (!Number.isFinite(report.captionLoss + report.labelLoss + report.gradientNorm)) {
      throw new TrainError(
        `The loss is not a number at epoch ${epoch + 1}, step ${step + 1}. The checkpoint of epoch ` +
          `${epoch} is unharmed; try a lower --rate with another --out.`,
      )
    }
    sums.captionLoss += report.captionLoss
    sums.labelLoss += report.labelLoss
    reward += report.reward ?? 0
    onStep?.(report)
  }
  if (signal?.aborted) return undefined
  if (!Number.isFinite(norm(run.state.store.values))) {
    throw new TrainError(
      `The weights are not finite after epoch ${epoch + 1}; its checkpoint is not written. Try a lower --rate.`,
    )
  }
  return {
    captionLoss: sums.captionLoss / run.steps,
    labelLoss: sums.labelLoss / run.steps,
    ...(run.options.resample ? { reward: reward / run.steps } : {}),
  }
}

async function takeStep(
  { options, words, model, graph, compute, state, batch, steps }: Run,
  order: readonly number[],
  { epoch, step }: { epoch: number; step: number },
): Promise<StepReport> {
  const { settings, resample } = options
  const random = createRandom(settings.seed, epoch, step)
  const images = order.slice(step * batch, (step + 1) * batch).map((i) => words.images[i]!)
  const drawn = makeBatch(images, sourceOf(options), batchOptions(settings, model), random)
  const resampled = await resample?.({
    batch: drawn,
    images,
    values: state.store.views,
    settings: model,
    words,
    random,
  })
  const rate = learningRate(epoch * steps + step, {
    highest: settings.rate,
    lowest: settings.rate / 50,
    warmup: Math.round(settings.warmupEpochs * steps),
    steps: steps * settings.epochs,
  })
  const isEarly = epoch < (settings.epochs * 2) / 3
  const { optimizer, result } = await trainStep(
    state,
    { graph, run: compute, batch: resampled?.batch ?? drawn, random },
    {
      rate,
      clip: settings.clip,
      dropout: settings.dropout,
      averageDecay: settings.averageDecay,
      labelWeight: isEarly ? settings.labelWeight : settings.labelWeight / 2,
      adamw: settings,
    },
  )
  state.optimizer = optimizer
  const place = { epoch: epoch + 1, epochs: settings.epochs, step: step + 1, steps }
  const rewarded = resampled && { reward: resampled.reward }
  return { ...result, ...rewarded, ...place, rate, images: batch }
}

/** Has the epoch behind the checkpoint scored; undefined if that was stopped. */
async function scoreEpoch(
  { options, words, model, validate, state }: Run,
  { epoch, best, fingerprint }: Checkpoint,
) {
  const isBest = (score: number) => score >= (best?.score ?? Number.NEGATIVE_INFINITY)
  const values = averagedValues(state)
  try {
    const losses = await validate?.(values)
    const found = await options.evaluate({
      settings: model,
      values,
      words,
      epoch: epoch + 1,
      devLoss: losses?.devLoss,
      isBest,
    })
    const scores = { ...losses, ...found }
    const { score } = found
    const newBest = isBest(score) ? { score, epoch: epoch + 1 } : best
    const checkpoint: Checkpoint = { epoch: epoch + 1, best: newBest, fingerprint }
    return { scores, checkpoint }
  } catch (error) {
    const { signal } = options
    if (signal?.aborted && error === signal.reason) return undefined
    throw error
  }
}

function requireFeatures({ encoder }: ModelSettings, features: FeatureStore | undefined): void {
  if (encoder.kind === 'cnn' && !features) return
  if (encoder.kind === 'cnn') {
    throw new TrainError('This model has an encoder of its own and takes no backbone.')
  }
  const { tokens, channels } = encoder
  if (!features) {
    throw new TrainError('This model starts from the features of a backbone: give --backbone.')
  }
  if (features.tokens === tokens && features.channels === channels) return
  throw new TrainError(
    `The model takes ${tokens} × ${channels} features of a picture, and the backbone gives ` +
      `${features.tokens} × ${features.channels}.`,
  )
}

function prepareWords(
  data: PreparedDataset,
  settings: TrainSettings,
  init: LoadedModel | undefined,
): TrainingData {
  if (!init) return prepareTrainingData(data, settings)
  const { vocabulary: known, labels } = init.card
  const vocabulary = readVocabulary(known)
  const training = data.images.filter(({ split }) => split === 'train')
  const images = encodeTrainingData(training, { vocabulary, labels })
  if (images.length === 0) throw new TrainError(`${data.folder} has no images to train on.`)
  const { tokens, unknown } = countWords({ images })
  if (tokens === unknown) {
    throw new TrainError(
      `The model to start from knows no word of the captions of ${data.folder}. Train a new one, without --init.`,
    )
  }
  if (init.card.settings.architecture !== settings.model.architecture) {
    throw new TrainError(
      `The model to start from is ${init.card.settings.architecture}, not ${settings.model.architecture}.`,
    )
  }
  return { vocabulary, labels, images }
}

function countWords({ images }: Pick<TrainingData, 'images'>): { tokens: number; unknown: number } {
  const ids = images.flatMap(({ captions }) => captions.flat())
  return { tokens: ids.length, unknown: ids.filter((id) => id === UNKNOWN).length }
}

function fingerprintOf(
  { data, features, settings, init, devImages }: TrainOptions,
  model: ModelSettings,
): string {
  const parts = [
    settings,
    model,
    data.card.sha256,
    init?.card.files ?? null,
    features?.id,
    devImages,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

const sourceOf = ({ data, features }: Pick<TrainOptions, 'data' | 'features'>): PictureSource => ({
  imageSize: data.imageSize,
  readPixels: data.readPixels,
  features,
})

const batchOptions = (
  { captions, length, leastArea, colorRange }: TrainSettings,
  { labels, imageSize }: ModelSettings,
): BatchOptions => ({
  captions,
  length,
  labels,
  side: imageSize,
  augment: { leastArea, colorRange },
})
