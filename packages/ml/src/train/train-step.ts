import { sizeOf } from '../graph/tensor.ts'
import type { RunGraph, TensorValue } from '../models/create-step.ts'
import type { Random } from '../random.ts'
import { type AdamWOptions, type AdamWState, adamw, follow, norm } from './adamw.ts'
import type { Batch } from './make-batch.ts'
import type { ParameterStore } from './parameter-store.ts'
import { TrainError } from './train-error.ts'
import type { TrainState } from './train-state.ts'
import { GRADIENT, SEEN, type TrainingGraph } from './training-graph.ts'

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

  const { gradients, decays } = store
  for (const { name, observed } of store.specs) {
    if (observed) continue
    gradients.views.get(name)!.set(outputs[GRADIENT + name]!.data as Float32Array)
  }
  result.gradientNorm = norm(gradients.values)
  const scale = Math.min(1, settings.clip / (result.gradientNorm + 1e-6))
  const next = adamw.update(optimizer, store.values, gradients.values, {
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
  for (const { name, shape } of graph.batch) {
    const data = batch[name]
    if (!data) throw new TrainError(`The model takes ${name}, and the batch has none.`)
    feeds[name] = { data, shape }
  }
  for (const { name, shape } of graph.masks) {
    const data = Float32Array.from({ length: sizeOf(shape) }, () =>
      random() < dropout ? 0 : 1 / (1 - dropout),
    )
    feeds[name] = { data, shape }
  }
  return feeds
}
