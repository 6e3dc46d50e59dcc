import { gradients } from '../../graph/gradients.ts'
import { add, multiply } from '../../graph/operators/arithmetic.ts'
import {
  binaryCrossEntropy,
  binaryCrossEntropyPerRow,
  crossEntropyPerRow,
  weightedMean,
} from '../../graph/operators/cross-entropy.ts'
import { input, type Tensor } from '../../graph/tensor.ts'
import { findInputs } from '../../graph/topological-order.ts'
import { writeOnnx } from '../../graph/write-onnx.ts'
import type { CnnMode } from '../../models/convolution-layers.ts'
import { createNetwork } from '../../models/create-network.ts'
import { pictureInput } from '../../models/image-encoder.ts'
import { ModelError } from '../../models/model-error.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import type { Network } from '../../models/network.ts'
import { createParameters, type ParameterSpec, type Parameters } from '../../models/parameters.ts'
import { teachingLoss } from '../teacher/teaching-loss.ts'
import type { Batch } from './make-batch.ts'

export type TrainingGraphOptions = {
  images: number
  /** Captions of each image in a step. */
  captions: number
  /** Tokens of a caption, padding included. */
  length: number
  /** Of the label smoothing, 0 to 1. */
  smoothing: number
  /** A teacher's features of so many channels are learned as well, or `only` they are. */
  teaching?: { channels: number; only: boolean } | undefined
}

export type TrainingGraph = {
  onnx: Uint8Array
} & Omit<TrainingTensors, 'outputs'>

export type TrainingTensors = {
  /** The losses, the gradients and the statistics, by name. */
  outputs: Record<string, Tensor>
  /** What the losses depend on, and the statistics; of a graph that only teaches, the encoder's alone. */
  parameters: ParameterSpec[]
  /** Shapes of the dropout masks that a step wants, by input name. */
  masks: { name: string; shape: readonly number[] }[]
  /** What a batch holds. */
  batch: { name: keyof Batch; shape: readonly number[] }[]
}

/** In the outputs, before the name of a parameter. */
export const GRADIENT = 'gradient/'
/** In the outputs, before the name of a running statistic: what this batch saw. */
export const SEEN = 'seen/'

/** `defineTrainingStep` as a file that ONNX Runtime reads. */
export function buildTrainingGraph(
  settings: ModelSettings,
  options: TrainingGraphOptions,
): TrainingGraph {
  const { outputs, ...fed } = defineTrainingStep(settings, options)
  return { onnx: writeOnnx({ outputs }), ...fed }
}

/**
 * One training step as a graph: loss, gradients of all parameters, and the batch's statistics.
 *
 *   pixels [images, 3, S, S] or features [images, tokens, channels]
 *   tokens, targets int64 [images · captions, length]
 *   weights [images · captions · length]: how much each target counts; 0 for padding, negative to
 *                                   make a caption less likely (self-critical training)
 *   labels [images, labels]: 1 where the word occurs in a caption      labelWeight []
 *
 * and with a teacher
 *
 *   teacher [images, L, channels]: its features at the places of the encoder's tokens      teachWeight []
 *   captioned [images]: 1 for pictures with captions, 0 for those whose labels are not known
 */
export function defineTrainingStep(
  settings: ModelSettings,
  options: TrainingGraphOptions,
): TrainingTensors {
  const { loss, losses, parameters, specs, statistics, ...fed } = defineLosses(
    settings,
    options,
    'training',
  )
  const learned = specs.filter(({ isBuffer }) => !isBuffer)
  const tensors = learned.map((spec) => parameters.trainable(spec.name, spec.shape, spec.initial))
  const outputs: Record<string, Tensor> = { ...losses }
  for (const [i, gradient] of gradients(loss, tensors).entries()) {
    outputs[GRADIENT + learned[i]!.name] = gradient
  }
  for (const [layer, { mean, variance }] of statistics) {
    outputs[`${SEEN}${layer}.mean`] = mean
    outputs[`${SEEN}${layer}.variance`] = variance
  }
  return { outputs, parameters: specs, ...fed }
}

/**
 * The losses alone, without dropout and with the running statistics: how well the model does on
 * captions that it does not learn from. Fed as a training step, without masks and weights of the losses.
 */
export function buildValidationGraph(
  settings: ModelSettings,
  options: Omit<TrainingGraphOptions, 'smoothing'>,
): TrainingGraph {
  const { losses, specs, batch } = defineLosses(settings, { ...options, smoothing: 0 }, 'inference')
  return { onnx: writeOnnx({ outputs: losses }), parameters: specs, masks: [], batch }
}

type Fed = Pick<TrainingTensors, 'batch' | 'masks'>
/** Losses by name, with what they are fed. `loss` is their weighted sum. */
type Part = Fed & { loss: Tensor; losses: Record<string, Tensor> }

function defineLosses(settings: ModelSettings, options: TrainingGraphOptions, mode: CnnMode) {
  const parameters = createParameters()
  const network = createNetwork(settings, parameters)
  requireRoom(options.length, settings)
  const pictures = pictureInput(settings, options.images)
  const encoded = network.encode(pictures, mode)
  const { teaching } = options
  const parts = [
    ...(teaching?.only ? [] : [captionLosses(settings, options, { network, encoded, mode })]),
    ...(teaching ? [teacherLosses(encoded.tokens, teaching, parameters)] : []),
  ]
  const losses = Object.assign({}, ...parts.map((part) => part.losses)) as Part['losses']
  const loss = parts.map((part) => part.loss).reduce(add)
  const used = findInputs([loss])
  const name = settings.encoder.kind === 'features' ? 'features' : 'pixels'
  return {
    loss,
    losses,
    statistics: encoded.statistics,
    parameters,
    specs: parameters.list().filter((spec) => spec.isBuffer || used.has(spec.name)),
    masks: parts.flatMap(({ masks }) => masks),
    batch: [
      { name, shape: pictures.shape },
      ...parts.flatMap(({ batch }) => batch),
    ] as Fed['batch'],
  }
}

type Defined = { network: Network; encoded: ReturnType<Network['encode']>; mode: CnnMode }

/** Of the captions, and of the words that occur in them. */
function captionLosses(
  settings: ModelSettings,
  { images, captions, length, smoothing, teaching }: TrainingGraphOptions,
  { network: { decoder }, encoded, mode }: Defined,
): Part {
  const rows = images * captions
  const tokens = input('tokens', [rows, length], 'int64')
  const targets = input('targets', [rows * length], 'int64')
  const weights = input('weights', [rows * length])
  const labels = input('labels', [images, settings.labels])
  const captioned = input('captioned', [images])
  const masks = Object.fromEntries(
    Object.entries(mode === 'training' ? decoder.dropout : {}).map(([place, width]) => [
      place,
      input(`mask/${place}`, [rows, 1, width]),
    ]),
  )

  const logits = decoder.all(tokens, encoded.image, masks)
  const captionLoss = weightedMean(crossEntropyPerRow(logits, targets, { smoothing }), weights)
  const labelLoss = teaching
    ? weightedMean(binaryCrossEntropyPerRow(encoded.labels, labels), captioned)
    : binaryCrossEntropy(encoded.labels, labels)
  return {
    loss: add(captionLoss, multiply(labelLoss, input('labelWeight', []))),
    losses: { captionLoss, labelLoss },
    masks: Object.entries(masks).map(([place, { shape }]) => ({ name: `mask/${place}`, shape })),
    batch: [
      { name: 'tokens', shape: tokens.shape },
      { name: 'targets', shape: targets.shape },
      { name: 'weights', shape: weights.shape },
      { name: 'labels', shape: labels.shape },
      ...(teaching ? [{ name: 'captioned', shape: captioned.shape } as const] : []),
    ],
  }
}

/** Of the teacher's features. */
function teacherLosses(
  tokens: Tensor,
  { channels }: { channels: number },
  parameters: Parameters,
): Part {
  const shape = [...tokens.shape.slice(0, 2), channels]
  const teachLoss = teachingLoss(tokens, input('teacher', shape), parameters)
  return {
    loss: multiply(teachLoss, input('teachWeight', [])),
    losses: { teachLoss },
    masks: [],
    batch: [{ name: 'teacher', shape }],
  }
}

function requireRoom(length: number, { decoder }: ModelSettings): void {
  if (length <= decoder.length) return
  throw new ModelError(
    `Captions of ${length} tokens do not fit a model of length ${decoder.length}: train with at most that.`,
  )
}
