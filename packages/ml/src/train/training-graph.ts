import { gradients } from '../graph/gradients.ts'
import { add, multiply } from '../graph/operators/arithmetic.ts'
import {
  binaryCrossEntropy,
  crossEntropyPerRow,
  weightedMean,
} from '../graph/operators/cross-entropy.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import type { CnnMode } from '../models/convolution-layers.ts'
import { createNetwork } from '../models/create-network.ts'
import { pictureInput } from '../models/image-encoder.ts'
import { ModelError } from '../models/model-error.ts'
import type { ModelSettings } from '../models/model-settings.ts'
import { createParameters, type ParameterSpec } from '../models/parameters.ts'
import type { Batch } from './make-batch.ts'

export type TrainingGraphOptions = {
  images: number
  /** Captions of each image in a step. */
  captions: number
  /** Tokens of a caption, padding included. */
  length: number
  /** Of the label smoothing, 0 to 1. */
  smoothing: number
}

export type TrainingGraph = {
  onnx: Uint8Array
} & Omit<TrainingTensors, 'outputs'>

export type TrainingTensors = {
  /** The two losses, the gradients and the statistics, by name. */
  outputs: Record<string, Tensor>
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
 */
export function defineTrainingStep(
  settings: ModelSettings,
  options: TrainingGraphOptions,
): TrainingTensors {
  const { loss, losses, parameters, statistics, ...fed } = defineLosses(
    settings,
    options,
    'training',
  )
  const learned = parameters.list().filter(({ observed }) => !observed)
  const tensors = learned.map((spec) => parameters.learn(spec.name, spec.shape, spec.initial))
  const outputs: Record<string, Tensor> = { ...losses }
  for (const [i, gradient] of gradients(loss, tensors).entries()) {
    outputs[GRADIENT + learned[i]!.name] = gradient
  }
  for (const [layer, { mean, variance }] of statistics) {
    outputs[`${SEEN}${layer}.mean`] = mean
    outputs[`${SEEN}${layer}.variance`] = variance
  }
  return { outputs, parameters: parameters.list(), ...fed }
}

/**
 * The two losses alone, without dropout and with the running statistics: how well the model does on
 * captions that it does not learn from. Fed as a training step, without masks and label weight.
 */
export function buildValidationGraph(
  settings: ModelSettings,
  options: Omit<TrainingGraphOptions, 'smoothing'>,
): TrainingGraph {
  const { losses, parameters, batch } = defineLosses(
    settings,
    { ...options, smoothing: 0 },
    'inference',
  )
  return { onnx: writeOnnx({ outputs: losses }), parameters: parameters.list(), masks: [], batch }
}

function defineLosses(
  settings: ModelSettings,
  { images, captions, length, smoothing }: TrainingGraphOptions,
  mode: CnnMode,
) {
  const parameters = createParameters()
  const { encode, decoder } = createNetwork(settings, parameters)
  requireRoom(length, settings)
  const rows = images * captions

  const pictures = pictureInput(settings, images)
  const tokens = input('tokens', [rows, length], 'int64')
  const targets = input('targets', [rows * length], 'int64')
  const weights = input('weights', [rows * length])
  const labelTargets = input('labels', [images, settings.labels])
  const labelWeight = input('labelWeight', [])
  const masks = Object.fromEntries(
    Object.entries(mode === 'training' ? decoder.dropout : {}).map(([place, width]) => [
      place,
      input(`mask/${place}`, [rows, 1, width]),
    ]),
  )

  const { image, labels: labelLogits, statistics } = encode(pictures, mode)
  const logits = decoder.all(tokens, image, masks)
  const captionLoss = weightedMean(crossEntropyPerRow(logits, targets, { smoothing }), weights)
  const labelLoss = binaryCrossEntropy(labelLogits, labelTargets)
  const loss = add(captionLoss, multiply(labelLoss, labelWeight))
  return {
    loss,
    losses: { captionLoss, labelLoss },
    statistics,
    parameters,
    masks: Object.entries(masks).map(([place, { shape }]) => ({ name: `mask/${place}`, shape })),
    batch: [
      { name: settings.encoder.kind === 'features' ? 'features' : 'pixels', shape: pictures.shape },
      { name: 'tokens', shape: tokens.shape },
      { name: 'targets', shape: targets.shape },
      { name: 'weights', shape: weights.shape },
      { name: 'labels', shape: labelTargets.shape },
    ] satisfies TrainingTensors['batch'],
  }
}

function requireRoom(length: number, { decoder }: ModelSettings): void {
  if (length <= decoder.length) return
  throw new ModelError(
    `Captions of ${length} tokens do not fit a model of length ${decoder.length}: train with at most that.`,
  )
}
