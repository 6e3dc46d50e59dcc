import type { RunGraph, TensorValue } from '../models/create-step.ts'
import type { Random } from '../random.ts'
import { type AdamWOptions, type AdamWState, adamw, follow, norm } from './adamw.ts'
import type { Batch } from './make-batch.ts'
import { type ParameterStore, viewsOf } from './parameter-store.ts'
import { GRADIENT, SEEN, type TrainingGraph } from './training-graph.ts'

export type TrainState = {
  /** Learned parameters and running statistics. */
  store: ParameterStore
  /** An average of the parameters of the last steps, with which the model is used. */
  average: Float32Array
  optimizer: AdamWState
}

export type StepSettings = {
  rate: number
  clip: number
  labelWeight: number
  dropout: number
  averageDecay: number
  adamw: AdamWOptions
}

export type StepResult = { captionLoss: number; labelLoss: number; gradientNorm: number }

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
  const { outputs } = await run(toFeeds(store, graph, batch, { ...settings, random }))
  const result = {
    captionLoss: outputs.captionLoss!.data[0] as number,
    labelLoss: outputs.labelLoss!.data[0] as number,
    gradientNorm: 0,
  }
  if (!Number.isFinite(result.captionLoss + result.labelLoss)) return { optimizer, result }

  const gradients = new Float32Array(store.values.length)
  for (const [name, view] of viewsOf(store.specs, gradients)) {
    const gradient = outputs[GRADIENT + name]
    if (gradient) view.set(gradient.data as Float32Array)
  }
  result.gradientNorm = norm(gradients)
  const scale = Math.min(1, settings.clip / (result.gradientNorm + 1e-6))
  const decays = decayedEntries(store)
  const next = adamw.update(optimizer, store.values, gradients, {
    rate: settings.rate,
    scale,
    decays,
    options: settings.adamw,
  })
  for (const { name, observed } of store.specs) {
    if (!observed) continue
    follow(store.views.get(name)!, outputs[SEEN + name]!.data as Float32Array, STATISTICS_DECAY)
  }
  // Early averages would be of hardly trained weights: look back at a tenth of the run at most.
  follow(average, store.values, Math.min(settings.averageDecay, (1 + next.step) / (10 + next.step)))
  return { optimizer: next, result }
}

const STATISTICS_DECAY = 0.95

function toFeeds(
  { specs, views }: ParameterStore,
  graph: TrainingGraph,
  batch: Batch,
  {
    labelWeight,
    dropout,
    random,
  }: Pick<StepSettings, 'labelWeight' | 'dropout'> & { random: Random },
): Record<string, TensorValue> {
  const feeds: Record<string, TensorValue> = {
    labelWeight: { data: Float32Array.of(labelWeight), shape: [] },
  }
  for (const { name, shape, observed } of specs) {
    if (!observed) feeds[name] = { data: views.get(name)!, shape }
  }
  for (const { name, shape } of graph.batch) feeds[name] = { data: batch[name], shape }
  for (const { name, shape } of graph.masks) {
    const size = shape.reduce((product, d) => product * d, 1)
    const data = Float32Array.from({ length: size }, () =>
      random() < dropout ? 0 : 1 / (1 - dropout),
    )
    feeds[name] = { data, shape }
  }
  return feeds
}

const decayCache = new WeakMap<ParameterStore, Uint8Array>()

/** Matrices and kernels are decayed; gains, biases and statistics are not. */
function decayedEntries(store: ParameterStore): Uint8Array {
  const known = decayCache.get(store)
  if (known) return known
  const decays = new Uint8Array(store.values.length)
  let offset = 0
  for (const { shape, observed } of store.specs) {
    const size = shape.reduce((product, d) => product * d, 1)
    if (shape.length > 1 && !observed) decays.fill(1, offset, offset + size)
    offset += size
  }
  decayCache.set(store, decays)
  return decays
}
