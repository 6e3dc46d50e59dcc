import type { RunGraph } from '../../models/create-step.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import { createRandom } from '../../random.ts'
import { createLossAverages } from './loss-averages.ts'
import { makeBatch, type PictureSource } from './make-batch.ts'
import { readLosses, toFeeds } from './train-step.ts'
import type { TrainingImage } from './training-data.ts'
import { buildValidationGraph, type TrainingGraphOptions } from './training-graph.ts'

/** Those that are learned. */
type ValidationLoss = {
  /** Cross-entropy of people's captions, in nats a token, without label smoothing. */
  devLoss?: number
  /** Binary cross-entropy of the labels. */
  devLabelLoss?: number
  /** Distance from the teacher's features. */
  devTeachLoss?: number
}

export type Validate = (values: ReadonlyMap<string, Float32Array>) => Promise<ValidationLoss>

type ValidationOptions = {
  settings: ModelSettings
  /** Tokens of a caption. */
  length: number
  source: PictureSource
  compile: (onnx: Uint8Array) => Promise<RunGraph>
  teaching?: TrainingGraphOptions['teaching']
}

/**
 * Measures weights on images that are not learned from: the same captions of each, two, every time, on
 * whole pictures. What does not fill a batch of at most 32 is left out.
 */
export async function createValidation(
  images: readonly TrainingImage[],
  { settings, length, source, compile, teaching }: ValidationOptions,
): Promise<Validate> {
  const count = Math.min(MAX_BATCH, images.length)
  const sizes = { images: count, captions: CAPTIONS, length }
  const graph = buildValidationGraph(settings, { ...sizes, teaching })
  const run = await compile(graph.onnx)
  const { labels, imageSize: side } = settings

  return async (values) => {
    const means = createLossAverages()
    const random = createRandom(CHANCE)
    for (let start = 0; start + count <= images.length; start += count) {
      const some = images.slice(start, start + count)
      const batch = makeBatch(some, source, { ...sizes, side, labels }, random)
      const weight = batch.weights.reduce((sum, one) => sum + one, 0)
      const { outputs } = await run(toFeeds(graph, values, batch))
      const { captionLoss, ...others } = readLosses(outputs)
      means.add({ ...(captionLoss !== undefined && { captionLoss }) }, weight)
      means.add(others)
    }
    const { captionLoss, labelLoss, teachLoss } = means.values()
    return {
      ...(captionLoss !== undefined && { devLoss: captionLoss }),
      ...(labelLoss !== undefined && { devLabelLoss: labelLoss }),
      ...(teachLoss !== undefined && { devTeachLoss: teachLoss }),
    }
  }
}

const MAX_BATCH = 32
const CAPTIONS = 2
/** Seed of which captions are taken. */
const CHANCE = 0x76616c
