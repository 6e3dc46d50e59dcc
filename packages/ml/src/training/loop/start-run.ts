import { createHash } from 'node:crypto'
import type { RunGraph } from '../../models/create-step.ts'
import { listParameters } from '../../models/list-parameters.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import { withWords } from '../../models/model-sizes.ts'
import { joinPixels, listUnlabeledImages } from '../dataset/join-images.ts'
import { gridOf, isTeachingParameter } from '../teacher/teaching-loss.ts'
import { TrainingError } from '../training-error.ts'
import { checkFeatures, checkTeaching, refuseModelFolder } from './check-run.ts'
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import { countCaptions } from './count-captions.ts'
import { cutCurves } from './curves.ts'
import type { PictureSource } from './make-batch.ts'
import { reuseWords } from './reuse-words.ts'
import type { TrainLoopOptions } from './train-loop-options.ts'
import { createState, type TrainState } from './train-state.ts'
import {
  encodeTrainingData,
  prepareTrainingData,
  type TrainingData,
  type TrainingImage,
} from './training-data.ts'
import { buildTrainingGraph, type TrainingGraph } from './training-graph.ts'
import { createValidation, type Validate } from './validate.ts'

/** What all steps of a run share. */
export type Run = {
  options: TrainLoopOptions
  words: TrainingData
  /** What an epoch sees: the images of the words, then pictures without captions. */
  images: readonly TrainingImage[]
  source: PictureSource
  model: ModelSettings
  graph: TrainingGraph
  compute: RunGraph
  /** Undefined: there are no images to validate on. */
  validate: Validate | undefined
  state: TrainState
  /** Where the run starts or resumes. */
  checkpoint: Checkpoint
  /** Images of a step. */
  batch: number
  /** Steps of an epoch. */
  steps: number
}

/**
 * Compiles what the steps need, finds out where the run starts or resumes, and then computes the teacher's
 * targets, which may take long.
 */
export async function startRun(options: TrainLoopOptions): Promise<Run> {
  const { data, out, settings, init, unlabeled = [] } = options
  await refuseModelFolder(out)
  const words = init ? reuseWords(init, data, settings) : prepareTrainingData(data, settings)
  const model =
    init?.card.settings ??
    withWords(settings.model, {
      vocabulary: words.vocabulary.words.length,
      labels: words.labels.length,
    })
  checkFeatures(model, options.features)
  checkTeaching(model, options)
  const images = [...words.images, ...listUnlabeledImages(data, unlabeled)]
  const batch = Math.min(settings.batch, images.length)
  const graph = buildTrainingGraph(model, {
    ...settings,
    images: batch,
    teaching: teachingOf(options),
  })
  const compute = await options.compile(graph.onnx)

  const state = createState(listAllParameters(model, graph), {
    seed: settings.seed,
    init: init?.values,
    learned: new Set(graph.parameters.map(({ name }) => name)),
  })
  const fingerprint = fingerprintOf(options, model)
  const found = await readCheckpoint(out, fingerprint, state)
  if (found && found.checkpoint.epoch > 0 && !options.resume) throw holdsRun(out)
  if (found) state.optimizer = { ...state.optimizer, step: found.step }
  const checkpoint = found?.checkpoint ?? { epoch: 0, best: null, fingerprint }
  await options.onStart?.({ epoch: checkpoint.epoch, ...countCaptions(words, settings) })

  const source: PictureSource = {
    imageSize: data.imageSize,
    readPixels: joinPixels(data, unlabeled),
    features: options.features,
    targets: await options.teacher?.open(gridOf(model)),
  }
  const validate = await startValidation(options, words, { model, source })
  if (!found) await writeCheckpoint(out, checkpoint, state)
  await cutCurves(out, checkpoint.epoch)
  const steps = Math.max(1, Math.floor(images.length / batch))
  return {
    ...{ options, words, images, source, model, graph, compute, validate, state, checkpoint },
    ...{ batch, steps },
  }
}

const teachingOf = ({ teacher, settings }: TrainLoopOptions) =>
  teacher && settings.teaching
    ? { channels: teacher.channels, only: settings.teaching.only }
    : undefined

/** Of the model, and behind them those of teaching alone: a model begins the same with a teacher and without. */
const listAllParameters = (model: ModelSettings, { parameters }: TrainingGraph) => [
  ...listParameters(model),
  ...parameters.filter(({ name }) => isTeachingParameter(name)),
]

const holdsRun = (out: string) =>
  new TrainingError(`${out} holds a run already. Continue it with --resume, or give another --out.`)

async function startValidation(
  options: TrainLoopOptions,
  words: TrainingData,
  { model: settings, source }: { model: ModelSettings; source: PictureSource },
): Promise<Validate | undefined> {
  const { data, devImages = 500, compile } = options
  const dev = data.images.filter(({ split }) => split === 'dev').slice(0, devImages)
  const images = encodeTrainingData(dev, words)
  if (images.length === 0) return undefined
  const { length } = options.settings
  const teaching = teachingOf(options)
  return createValidation(images, { settings, length, source, compile, teaching })
}

function fingerprintOf(
  { data, features, teacher, unlabeled = [], settings, init, devImages }: TrainLoopOptions,
  model: ModelSettings,
): string {
  const parts = [
    settings,
    model,
    data.card.sha256,
    init?.card.files ?? null,
    features?.id,
    devImages,
    ...(teacher ? [teacher.id, unlabeled.map(({ id }) => id)] : []),
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
