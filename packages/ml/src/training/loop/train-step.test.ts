import { expect, test } from 'vitest'
import type { RunGraph, TensorValue } from '../../models/create-step.ts'
import type { ParameterSpec } from '../../models/parameters.ts'
import { createRandom } from '../../random.ts'
import type { Batch } from './make-batch.ts'
import { createState } from './train-state.ts'
import { type StepSettings, trainStep } from './train-step.ts'
import type { TrainingGraph } from './training-graph.ts'

const constantly = (value: number) => ({ kind: 'constant', value }) as const
const specs: ParameterSpec[] = [
  { name: 'w', shape: [2, 1], initial: constantly(1), isBuffer: false },
  { name: 'norm.mean', shape: [1], initial: constantly(0), isBuffer: true },
  { name: 'b', shape: [1], initial: constantly(2), isBuffer: false },
]

const graph = {
  parameters: specs,
  masks: [{ name: 'mask/a', shape: [100, 1, 50] }],
  batch: [{ name: 'weights', shape: [2] }],
} as unknown as TrainingGraph

const batch = { weights: Float32Array.of(1, 1) } as unknown as Batch

const settings: StepSettings = {
  rate: 0.1,
  clip: 1,
  labelWeight: 20,
  dropout: 0.2,
  averageDecay: 0.998,
  adamw: { beta1: 0.9, beta2: 0.98, weightDecay: 0 },
}

const value = (...data: number[]): TensorValue => ({
  data: Float32Array.from(data),
  shape: [data.length],
})

async function step(outputs: Record<string, TensorValue>, state = createState(specs, { seed: 1 })) {
  let fed: Record<string, TensorValue> = {}
  const run: RunGraph = async (feeds) => {
    fed = feeds
    const all = {
      captionLoss: value(3),
      labelLoss: value(0.5),
      'gradient/w': value(3, 0),
      'gradient/b': value(-4),
      'seen/norm.mean': value(10),
      ...outputs,
    }
    return { outputs: all, feeds }
  }
  const { optimizer, result } = await trainStep(
    state,
    { graph, run, batch, random: createRandom(1) },
    settings,
  )
  return { state: { ...state, optimizer }, result, fed }
}

test('parameters are fed and go against their gradients; statistics follow what was seen', async () => {
  const { state, result, fed } = await step({})
  expect(Object.keys(fed).toSorted()).toEqual(['b', 'labelWeight', 'mask/a', 'w', 'weights'])
  expect(fed.labelWeight).toEqual({ data: Float32Array.of(20), shape: [] })
  expect(result).toEqual({ captionLoss: 3, labelLoss: 0.5, gradientNorm: 5 })
  expect(state.optimizer.step).toBe(1)
  const [w0, w1, mean, b] = state.store.values
  expect([w0, w1, b]).toEqual([0.9, 1, 2.1].map((x) => expect.closeTo(x, 5)))
  expect(mean).toBeCloseTo(0.05 * 10, 6)
})

test('a long gradient is shortened before its means are taken, a short one is not', async () => {
  const long = await step({})
  expect(long.state.optimizer.means[0]).toBeCloseTo(0.1 * (3 / 5), 5)
  const short = await step({ 'gradient/w': value(0.3, 0), 'gradient/b': value(0.4) })
  expect(short.state.optimizer.means[0]).toBeCloseTo(0.1 * 0.3, 5)
})

test('the average looks back at a tenth of the run at first', async () => {
  const first = await step({})
  const [before, after] = [1, first.state.store.values[0]!]
  const decay = 2 / 11
  expect(first.state.average[0]).toBeCloseTo(decay * before + (1 - decay) * after, 5)
})

test('a gradient of the step before leaves no trace', async () => {
  const first = await step({})
  const second = await step({ 'gradient/w': value(0, 0), 'gradient/b': value(0) }, first.state)
  expect(second.result.gradientNorm).toBe(0)
})

test('a dropout mask holds 0 for a share of features, and makes up for it in the others', async () => {
  const { fed } = await step({})
  const mask = [...(fed['mask/a']!.data as Float32Array)]
  expect(new Set(mask)).toEqual(new Set([0, Math.fround(1.25)]))
  const zeros = mask.filter((x) => x === 0).length
  expect(Math.abs(zeros - 0.2 * 5000)).toBeLessThan(4 * Math.sqrt(5000 * 0.2 * 0.8)) // deviations
})

test.each(['captionLoss', 'labelLoss'])('a %s that is no number changes nothing', async (name) => {
  const { state, result } = await step({ [name]: value(Number.NaN) })
  expect(result).toMatchObject({ [name]: Number.NaN, gradientNorm: 0 })
  expect(state).toEqual(createState(specs, { seed: 1 }))
})
