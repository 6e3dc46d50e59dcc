import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Backbone, inspectBackbone } from '../src/backbone/inspect-backbone.ts'
import { readInitializers } from '../src/graph/read-initializers.ts'
import { listParameters } from '../src/models/list-parameters.ts'
import { loadModel } from '../src/models/load-model.ts'
import type { ModelSize } from '../src/models/model-sizes.ts'
import { openRuntime } from '../src/runtime/runtime.ts'
import type { EpochReport, StepReport } from '../src/training/loop/train-loop-options.ts'
import { createState } from '../src/training/loop/train-state.ts'
import { trainModel } from '../src/training/train-model.ts'
import type { TrainModelOptions } from '../src/training/train-model-options.ts'
import {
  defaultSettings,
  defaultTeaching,
  type TrainingSettings,
} from '../src/training/training-settings.ts'
import { teachingData } from './teaching-data.ts'
import { writeBackbone } from './write-backbone.ts'

/** As many places as the teacher has, 2 × 2. */
const encoder = { kind: 'cnn', stem: 8, widths: [16], blocks: [1] } as const
const models: [string, ModelSize][] = [
  [
    'cnn-transformer',
    {
      ...{ architecture: 'cnn-transformer', imageSize: 8, encoder },
      decoder: { width: 8, heads: 2, layers: 1, inner: 16, length: 8 },
    },
  ],
  [
    'lstm-attention',
    {
      ...{ architecture: 'lstm-attention', imageSize: 8, encoder },
      decoder: { embedding: 8, width: 8, attention: 8, length: 8 },
    },
  ],
]

const settings: TrainingSettings = {
  ...defaultSettings,
  ...{ epochs: 3, batch: 4, captions: 1, length: 6, minimumCount: 1, labels: 3 },
  ...{ warmupEpochs: 1, rate: 0.01 },
  model: models[0]![1],
  teaching: { ...defaultTeaching, views: 2 },
}

let sample: Awaited<ReturnType<typeof teachingData>>
let teacher: Backbone
let other: Backbone
let more: string
beforeAll(async () => {
  sample = await teachingData([...new Array(6).fill('train'), 'dev', 'dev', 'test'])
  more = await sample.folder('more', { 'a.png': 70, 'b.png': 71, 'c.png': 72 })
  await using runtime = await openRuntime({ threads: 1 })
  teacher = await inspectBackbone(writeBackbone(), runtime, { name: 'sample.onnx' })
  other = await inspectBackbone(writeBackbone({ gain: 2 }), runtime, { name: 'other.onnx' })
})
afterAll(() => sample[Symbol.asyncDispose]())

type Run = Partial<Omit<TrainModelOptions, 'settings'>> & { settings?: Partial<TrainingSettings> }

async function train(name: string, { settings: changed, ...options }: Run = {}) {
  const out = join(sample.root, name)
  const steps: StepReport[] = []
  const epochs: EpochReport[] = []
  await trainModel({
    ...{ data: sample.data, teacher, unlabeled: [more], out, name, dataLicence: 'none' },
    ...{ createdBy: 'a test', resume: false, devImages: 2, runtime: { threads: 1 } },
    settings: { ...settings, ...changed },
    ...options,
    async onProgress(progress) {
      if (progress.kind === 'step') steps.push(progress)
      if (progress.kind === 'epoch') epochs.push(progress.report)
      await options.onProgress?.(progress)
    },
  })
  return { out, steps, epochs }
}

function stopIn(epoch: number): Run {
  const stop = new AbortController()
  return {
    signal: stop.signal,
    onProgress(progress) {
      if (progress.kind === 'step' && progress.epoch === epoch) stop.abort()
    },
  }
}

const checkpointOf = (out: string) => readFile(join(out, 'checkpoint.bin'))

describe.each(models)('%s', (name, model) => {
  test('learns captions and features together, also from pictures without captions', async () => {
    const { steps, epochs, out } = await train(`${name}-together`, { settings: { model } })
    expect(steps).toHaveLength(6) // nine pictures in fours, three times
    for (const { teachLoss } of steps) expect(teachLoss).toBeLessThan(4)
    expect(epochs[2]).toMatchObject({
      captionLoss: expect.any(Number),
      labelLoss: expect.any(Number),
      teachLoss: expect.any(Number),
      devLoss: expect.any(Number),
      devTeachLoss: expect.any(Number),
      CIDEr: expect.any(Number),
    })
    const { card } = await loadModel(out)
    expect(card.training.teacher).toEqual({
      ...{ name: 'sample.onnx', sha256: teacher.card.sha256, places: 4, channels: 2 },
      ...{ keptChannels: 2, views: 2, weight: 1, only: false, extraImages: 3 },
    })
  })

  test('a run that stopped in its third epoch goes on as if it had not', async () => {
    const whole = await train(`${name}-whole`, { settings: { model } })
    const first = await train(`${name}-parts`, { settings: { model }, ...stopIn(3) })
    const rest = await train(`${name}-parts`, { settings: { model }, resume: true })
    expect(rest.steps).toEqual(whole.steps.filter(({ epoch }) => epoch === 3))
    expect((await checkpointOf(first.out)).equals(await checkpointOf(whole.out))).toBe(true)
  })

  test('what a run of the teacher alone learns is the encoder; the rest begins as it would anyway', async () => {
    const teaching = { ...defaultTeaching, views: 2, only: true }
    const { out, steps, epochs } = await train(`${name}-only`, { settings: { model, teaching } })
    expect(Object.keys(steps[0]!)).not.toContain('captionLoss')
    expect(epochs.map((epoch) => epoch.score)).toEqual(
      epochs.map((epoch) => -(epoch.devTeachLoss as number)),
    )

    const { card, values } = await loadModel(out)
    const begun = createState(listParameters(card.settings), { seed: settings.seed }).store.views
    const changeOf = (parameter: string) => {
      const before = begun.get(parameter)!
      return Math.max(...values.get(parameter)!.map((value, i) => Math.abs(value - before[i]!)))
    }
    for (const parameter of begun.keys()) {
      const isOfEncoder = /^(stem|stage)/.test(parameter)
      if (!isOfEncoder) expect(changeOf(parameter), parameter).toBeLessThan(1e-3) // half precision
    }
    expect(changeOf('stem.kernel')).toBeGreaterThan(0.01)

    const init = { model: await loadModel(out), folder: out }
    const next = await train(`${name}-next`, {
      settings: { model: card.settings, epochs: 1 },
      init,
    })
    expect((await loadModel(next.out)).card.training.startedFrom).toBe(out)
  })
})

test('a student learns what its teacher says of a few pictures by heart', async () => {
  const { steps } = await train('heart', {
    unlabeled: [],
    settings: {
      ...{ epochs: 150, batch: 6, rate: 0.01, colorRange: 0, averageDecay: 0.5 },
      teaching: { weight: 1, views: 1, only: true },
    },
  })
  expect(steps[0]!.teachLoss).toBeGreaterThan(0.7)
  expect(steps.at(-1)!.teachLoss).toBeLessThan(0.05)
}, 60_000)

test('the graphs of a model hold nothing of teacher and teaching', async () => {
  const { out } = await train('shipped', { settings: { epochs: 1 } })
  const { card } = await loadModel(out)
  expect(Object.keys(card.files).map((file) => file.split('-')[0])).toEqual(['encoder', 'decoder'])
  for (const file of Object.keys(card.files)) {
    const names = [...readInitializers(await readFile(join(out, file))).keys()]
    expect(names.filter((name) => name.startsWith('teaching'))).toEqual([])
  }
})

test('a batch of pictures without captions has a teaching loss and no other', async () => {
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`${i}.png`, 200 + i]))
  const many = await sample.folder('many', files)
  const { steps, epochs } = await train('many-run', {
    unlabeled: [many],
    settings: { batch: 2, epochs: 2 },
  })
  const bare = steps.filter(({ captionLoss }) => captionLoss === undefined)
  expect(bare.length).toBeGreaterThan(0)
  for (const { labelLoss, teachLoss } of bare) {
    expect(labelLoss).toBeUndefined()
    expect(teachLoss).toBeGreaterThan(0)
  }
  expect(epochs[0]!.captionLoss).toBeGreaterThan(0.5) // not watered down by zeros
})

test('what had to be left out of a folder is said', async () => {
  const from = await sample.folder('left-out', { 'a.png': 90, 'torn.png': Buffer.from('x') })
  const notes: string[] = []
  await train('noted', {
    unlabeled: [from],
    settings: { epochs: 1 },
    onProgress: (progress) => void (progress.kind === 'note' && notes.push(progress.text)),
  })
  expect(notes).toEqual([expect.stringMatching(/1 × image-unreadable \(torn\.png\)/)])
})

describe('a run is not gone on with, and is not lost, with', () => {
  test.each<[string, () => Run]>([
    ['another teacher', () => ({ teacher: other })],
    [
      'another weight',
      () => ({ settings: { teaching: { ...defaultTeaching, views: 2, weight: 3 } } }),
    ],
    ['other views', () => ({ settings: { teaching: { ...defaultTeaching, views: 3 } } })],
    ['fewer pictures', () => ({ unlabeled: [] })],
  ])('%s', async (what, changed) => {
    const { out } = await train(what, stopIn(2))
    const before = await checkpointOf(out)
    await expect(train(what, { resume: true, ...changed() })).rejects.toThrow(
      /is of a run with other settings.*another teacher or other pictures/,
    )
    expect((await checkpointOf(out)).equals(before)).toBe(true)
    expect((await train(what, { resume: true })).steps.map(({ epoch }) => epoch)).toContain(3)
  })

  test('no teacher', async () => {
    const { out } = await train('no teacher', stopIn(2))
    const { teaching: _, ...untaught } = settings
    const resumed = trainModel({
      ...{ data: sample.data, out, name: 'x', dataLicence: 'none', createdBy: 'a test' },
      ...{ resume: true, devImages: 2, runtime: { threads: 1 }, settings: untaught },
    })
    await expect(resumed).rejects.toThrow(/is of a run with other settings/)
  })
})

describe('refused is a teacher', () => {
  test('beside a backbone', async () => {
    await expect(train('a', { backbone: other })).rejects.toThrow(/no encoder of its own/)
  })

  test('for a model that starts from features', async () => {
    const model = {
      ...settings.model,
      encoder: { kind: 'features', tokens: 4, channels: 2 },
    } as ModelSize
    await expect(train('b', { settings: { model } })).rejects.toThrow(/give --backbone/)
  })

  test('in self-critical training', async () => {
    await expect(train('c', { settings: { selfCritical: true, captions: 2 } })).rejects.toThrow(
      /Self-critical training takes no teacher/,
    )
  })

  test('that is missing where there are pictures without captions', async () => {
    await expect(train('d', { teacher: undefined })).rejects.toThrow(/need a teacher/)
  })

  test('with the same pictures twice', async () => {
    const twin = await sample.folder('twin', { 'a.png': 70, 'b.png': 71, 'c.png': 72 })
    await expect(train('e', { unlabeled: [more, twin] })).rejects.toThrow(/hold the same images/)
  })
})
