import { sizeOf } from '../../graph/tensor.ts'
import type { RunGraph, TensorValue } from '../../models/create-step.ts'
import type { Random } from '../../random.ts'
import { TrainingError } from '../training-error.ts'
import { type AdamWOptions, type AdamWState, adamw, l2Norm, updateAverage } from './adamw.ts'
import type { Batch } from './make-batch.ts'
import type { TrainState } from './train-state.ts'
import { GRADIENT, SEEN, type TrainingGraph } from './training-graph.ts'

export type StepSettings = {
  rate: number
  clip: number
  labelWeight: number
  /** Default 1. */
  teachWeight?: number | undefined
  dropout: number
  averageDecay: number
  adamw: AdamWOptions
}

/** Those that the graph has. */
export type Losses = { captionLoss?: number; labelLoss?: number; teachLoss?: number }

type StepResult = Losses & { gradientNorm: number }

/** Feeds a batch, and moves the parameters by what came out. The state is changed in place. */
export async function trainStep(
  { store, average, optimizer }: TrainState,
  {
    graph,
    run,
    batch,
    random,
  }: { graph: TrainingGraph; run: RunGraph; batch: Batch; random: Random },
  settings: StepSettings,
): Promise<{ optimizer: AdamWState; result: StepResult }> {
  const learned = graph.parameters.filter(({ isBuffer }) => !isBuffer)
  const { outputs } = await run({
    ...toFeeds({ ...graph, parameters: learned }, store.views, batch),
    ...drawMasks(graph, { ...settings, random }),
    ...weightsOf(graph, settings),
  })
  const losses = readLosses(outputs)
  const result = { ...losses, gradientNorm: 0 }
  if (!Object.values(losses).every(Number.isFinite)) return { optimizer, result }

  const { gradients, decays } = store
  for (const { name } of learned) {
    gradients.views.get(name)!.set(outputs[GRADIENT + name]!.data as Float32Array)
  }
  result.gradientNorm = l2Norm(gradients.values)
  const scale = Math.min(1, settings.clip / (result.gradientNorm + 1e-6))
  const next = adamw.update(optimizer, store.values, gradients.values, {
    rate: settings.rate,
    scale,
    decays,
    options: settings.adamw,
  })
  for (const { name, isBuffer } of graph.parameters) {
    if (!isBuffer) continue
    updateAverage(
      store.views.get(name)!,
      outputs[SEEN + name]!.data as Float32Array,
      STATISTICS_DECAY,
    )
  }
  // Early averages would be of hardly trained weights: look back at a tenth of the run at most.
  updateAverage(
    average,
    store.values,
    Math.min(settings.averageDecay, (1 + next.step) / (10 + next.step)),
  )
  return { optimizer: next, result }
}

const STATISTICS_DECAY = 0.95

/** Of the losses that the graph has: a session takes no value that it does not use. */
function weightsOf(
  { batch }: Pick<TrainingGraph, 'batch'>,
  { labelWeight, teachWeight = 1 }: StepSettings,
): Record<string, TensorValue> {
  const has = (name: string) => batch.some((value) => value.name === name)
  const scalar = (value: number) => ({ data: Float32Array.of(value), shape: [] })
  return {
    ...(has('weights') && { labelWeight: scalar(labelWeight) }),
    ...(has('teacher') && { teachWeight: scalar(teachWeight) }),
  }
}

export function readLosses(outputs: Readonly<Record<string, TensorValue>>): Losses {
  const losses: Losses = {}
  for (const name of ['captionLoss', 'labelLoss', 'teachLoss'] as const) {
    if (outputs[name]) losses[name] = outputs[name].data[0] as number
  }
  return losses
}

/** Weights and batch by the names of the graph's inputs. */
export function toFeeds(
  graph: Pick<TrainingGraph, 'parameters' | 'batch'>,
  values: ReadonlyMap<string, Float32Array>,
  batch: Batch,
): Record<string, TensorValue> {
  const feeds: Record<string, TensorValue> = {}
  for (const { name, shape } of graph.parameters) {
    feeds[name] = { data: values.get(name)!, shape }
  }
  for (const { name, shape } of graph.batch) {
    const data = batch[name]
    if (!data) throw new TrainingError(`The model takes ${name}, and the batch has none.`)
    feeds[name] = { data, shape }
  }
  return feeds
}

/** What is left out at random, scaled so that the rest is as much as all. */
function drawMasks(
  { masks }: Pick<TrainingGraph, 'masks'>,
  { dropout, random }: { dropout: number; random: Random },
): Record<string, TensorValue> {
  return Object.fromEntries(
    masks.map(({ name, shape }) => {
      const data = Float32Array.from({ length: sizeOf(shape) }, () =>
        random() < dropout ? 0 : 1 / (1 - dropout),
      )
      return [name, { data, shape }]
    }),
  )
}
