import { createHash } from 'node:crypto'
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { CnnTransformerSettings } from '../models/cnn-transformer.ts'
import type { RunGraph } from '../models/create-step.ts'
import type { LoadedModel } from '../models/load-model.ts'
import { createRandom } from '../random.ts'
import { readVocabulary } from '../tokenizer/vocabulary.ts'
import { adamw } from './adamw.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { learningRate } from './learning-rate.ts'
import { makeBatch, orderEpoch } from './make-batch.ts'
import { createStore, initialize, viewsOf } from './parameter-store.ts'
import type { PreparedDataset } from './prepared-dataset.ts'
import { TrainError } from './train-error.ts'
import type { TrainSettings } from './train-settings.ts'
import { type TrainState, trainStep } from './train-step.ts'
import { encodeTrainingData, prepareTrainingData, type TrainingData } from './training-data.ts'
import { buildTrainingGraph } from './training-graph.ts'

export type TrainOptions = {
  data: PreparedDataset
  out: string
  settings: TrainSettings
  resume: boolean
  /** Weights and words to start from instead of chance. */
  init?: LoadedModel | undefined
  /** Compiles a graph where it will run. */
  compile: (onnx: Uint8Array) => Promise<RunGraph>
  /** Scores the averaged weights after an epoch; the greatest `score` is kept as the model. */
  evaluate: (trained: Trained) => Promise<{ score: number; [name: string]: unknown }>
  /** Stops after the step in hand. */
  signal?: AbortSignal
  onStep?: (step: StepReport) => void
  onEpoch?: (epoch: EpochReport) => void
}

export type Trained = {
  settings: CnnTransformerSettings
  values: ReadonlyMap<string, Float32Array>
  words: Pick<TrainingData, 'vocabulary' | 'labels'>
  epoch: number
  isBest: (score: number) => boolean
}

export type StepReport = {
  epoch: number
  epochs: number
  step: number
  steps: number
  captionLoss: number
  labelLoss: number
  gradientNorm: number
  rate: number
  images: number
}

export type EpochReport = { epoch: number; captionLoss: number; labelLoss: number } & Record<
  string,
  unknown
>

/**
 * Trains a captioner: one pass over all images an epoch, two captions each, cross-entropy with label
 * smoothing plus the label loss, AdamW along a warm-up and a cosine, and a running average of the weights
 * that is what the model becomes. All chance comes from (seed, epoch, step), so a run that stopped goes
 * on from its last epoch with the very same steps.
 */
export async function trainCaptioner(options: TrainOptions): Promise<Checkpoint> {
  const { data, out, settings, init, signal } = options
  await mkdir(out, { recursive: true })

  const words = prepareWords(data, settings, init)
  const model: CnnTransformerSettings = init?.card.settings ?? {
    ...settings.model,
    decoder: { ...settings.model.decoder, vocabulary: words.vocabulary.words.length },
    labels: words.labels.length,
  }
  const { images } = words
  const batchSize = Math.min(settings.batch, images.length)
  const graph = buildTrainingGraph(model, {
    images: batchSize,
    captions: settings.captions,
    length: settings.length,
    smoothing: settings.smoothing,
  })
  const run = await options.compile(graph.onnx)

  const state = createState(graph.parameters, settings.seed, init)
  const fingerprint = fingerprintOf(options, model)
  const found = await readCheckpoint(out, fingerprint, state)
  if (found && !options.resume) {
    throw new TrainError(`${out} holds a run already. Go on with --resume, or give another --out.`)
  }
  if (found) state.optimizer = { ...state.optimizer, step: found.step }
  let checkpoint = found?.checkpoint ?? { epoch: 0, best: null, fingerprint }

  const perEpoch = Math.max(1, Math.floor(images.length / batchSize))
  const steps = perEpoch * settings.epochs
  for (let epoch = checkpoint.epoch; epoch < settings.epochs; epoch++) {
    const order = orderEpoch(images.length, { seed: settings.seed, epoch })
    const sums = { captionLoss: 0, labelLoss: 0 }
    for (let step = 0; step < perEpoch; step++) {
      if (signal?.aborted) return checkpoint
      const random = createRandom(settings.seed, epoch, step)
      const chosen = order.slice(step * batchSize, (step + 1) * batchSize).map((i) => images[i]!)
      const batch = makeBatch(
        chosen,
        data,
        { ...batchOptions(settings), labels: model.labels, side: model.imageSize },
        random,
      )
      const rate = learningRate(epoch * perEpoch + step, {
        highest: settings.rate,
        lowest: settings.rate / 50,
        warmup: Math.round(settings.warmupEpochs * perEpoch),
        steps,
      })
      const { optimizer, result } = await trainStep(
        state,
        { graph, run, batch, random },
        {
          rate,
          clip: settings.clip,
          dropout: settings.dropout,
          averageDecay: settings.averageDecay,
          labelWeight:
            epoch < (settings.epochs * 2) / 3 ? settings.labelWeight : settings.labelWeight / 2,
          adamw: settings,
        },
      )
      if (!Number.isFinite(result.captionLoss + result.labelLoss + result.gradientNorm)) {
        throw new TrainError(
          `The loss is not a number at epoch ${epoch + 1}, step ${step + 1}. The checkpoint of epoch ` +
            `${checkpoint.epoch} is unharmed; try a lower --rate with another --out.`,
        )
      }
      state.optimizer = optimizer
      sums.captionLoss += result.captionLoss
      sums.labelLoss += result.labelLoss
      options.onStep?.({
        ...result,
        epoch: epoch + 1,
        epochs: settings.epochs,
        step: step + 1,
        steps: perEpoch,
        rate,
        images: batchSize,
      })
    }
    const { best } = checkpoint
    const scores = await options.evaluate({
      settings: model,
      values: averagedValues(state),
      words,
      epoch: epoch + 1,
      isBest: (score) => !best || score > best.score,
    })
    const isBest = !best || scores.score > best.score
    checkpoint = {
      epoch: epoch + 1,
      best: isBest ? { score: scores.score, epoch: epoch + 1 } : best,
      fingerprint,
    }
    await writeCheckpoint(out, checkpoint, state)
    const report: EpochReport = {
      epoch: epoch + 1,
      captionLoss: sums.captionLoss / perEpoch,
      labelLoss: sums.labelLoss / perEpoch,
      ...scores,
    }
    await appendFile(join(out, 'curves.jsonl'), `${JSON.stringify(report)}\n`)
    options.onEpoch?.(report)
  }
  return checkpoint
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
  return { vocabulary, labels, images }
}

function createState(
  specs: ReturnType<typeof buildTrainingGraph>['parameters'],
  seed: number,
  init: LoadedModel | undefined,
): TrainState {
  const store = createStore(specs)
  initialize(store, createRandom(seed))
  for (const [name, view] of store.views) {
    const given = init?.values.get(name)
    if (init && given?.length !== view.length) {
      throw new TrainError(`The model to start from has no fitting values for ${name}.`)
    }
    if (given) view.set(given)
  }
  return { store, average: store.values.slice(), optimizer: adamw.init(store.values.length) }
}

/** The average of what is learned, with the statistics as they are. */
function averagedValues({ store, average }: TrainState): Map<string, Float32Array> {
  const values = viewsOf(store.specs, average.slice())
  for (const { name, observed } of store.specs) {
    if (observed) values.get(name)!.set(store.views.get(name)!)
  }
  return values
}

function fingerprintOf(
  { data, settings, init }: TrainOptions,
  model: CnnTransformerSettings,
): string {
  const parts = [settings, model, data.card.sha256, init?.card.files ?? null]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

const batchOptions = ({ captions, length, leastArea, colorRange }: TrainSettings) => ({
  captions,
  length,
  augment: { leastArea, colorRange },
})
