import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LoadedModel } from '../../models/load-model.ts'
import type { ModelSize } from '../../models/model-sizes.ts'
import { openRuntime, type Runtime } from '../../runtime/runtime.ts'
import { prepareDataset } from '../dataset/prepare-dataset.ts'
import { openPreparedDataset, type PreparedDataset } from '../dataset/prepared-dataset.ts'
import { sampleDataset } from '../dataset/sample-dataset.ts'
import { TrainingError } from '../training-error.ts'
import { defaultSettings, type TrainingSettings } from '../training-settings.ts'
import { trainLoop } from './train-loop.ts'
import type { StepReport, Trained, TrainLoopOptions } from './train-loop-options.ts'

const encoder = { kind: 'cnn', stem: 4, widths: [8], blocks: [1] } as const
const transformer: ModelSize = {
  architecture: 'cnn-transformer',
  imageSize: 16,
  encoder,
  decoder: { width: 8, heads: 2, layers: 1, inner: 16, length: 8 },
}
const lstm: ModelSize = {
  architecture: 'lstm-attention',
  imageSize: 16,
  encoder,
  decoder: { embedding: 8, width: 8, attention: 8, length: 8 },
}

const settings: TrainingSettings = {
  ...defaultSettings,
  epochs: 3,
  batch: 3,
  length: 6,
  minimumCount: 1,
  labels: 4,
  warmupEpochs: 1,
  rate: 0.01,
  model: transformer,
}

const captions = [
  ['a red square', 'the red picture'],
  ['a dark square', 'dark and red', 'a square'],
  ['a bright picture'],
  ['the bright red square', 'bright'],
  ['dark picture'],
  ['a picture of a square'],
  ['something red'],
]

let runtime: Runtime
let root: string
let data: PreparedDataset
let single: PreparedDataset
let familiar: PreparedDataset
beforeAll(async () => {
  runtime = await openRuntime({ threads: 2 })
  root = await mkdtemp(join(tmpdir(), 'descry-train-'))
  data = await dataOf('seven', captions)
  single = await dataOf('single', [['dog']])
  familiar = await dataOf('familiar', [['a red dog']])
})
afterAll(async () => {
  await runtime.dispose()
  data.close()
  single.close()
  familiar.close()
  await rm(root, { recursive: true, force: true })
})

async function dataOf(name: string, texts: string[][]): Promise<PreparedDataset> {
  const pictures = texts.map((_, i) => [`${i}.png`, [40 + 30 * i, 'train']] as const)
  await using sample = await sampleDataset(Object.fromEntries(pictures))
  const images = sample.options.images.map((image, i) => ({ ...image, captions: texts[i]! }))
  const to = join(root, name)
  await prepareDataset({ ...sample.options, images, to })
  return openPreparedDataset(to)
}

type Run = Partial<Omit<TrainLoopOptions, 'settings'>> & { settings?: Partial<TrainingSettings> }

/** Trains in a new folder, or in `out`; what `evaluate` was given is kept, the last one as `last`. */
async function train({ out, settings: changed, ...options }: Run = {}) {
  const folder = out ?? (await mkdtemp(join(root, 'run-')))
  const evaluated: Trained[] = []
  const steps: StepReport[] = []
  const checkpoint = await trainLoop({
    data,
    out: folder,
    settings: { ...settings, ...changed },
    resume: false,
    compile: async (onnx) => (await runtime.openSession(onnx)).run,
    evaluate: async (trained) => {
      evaluated.push(trained)
      return { score: -trained.epoch }
    },
    onStep: (step) => void steps.push(step),
    ...options,
  })
  return { folder, checkpoint, evaluated, steps, last: evaluated.at(-1)! }
}

const readCheckpointOf = (folder: string) => readFile(join(folder, 'checkpoint.bin'))

/** Stops in the first step of an epoch. */
function stopIn(epoch: number) {
  const stop = new AbortController()
  const onStep = (step: StepReport) => {
    if (step.epoch === epoch) stop.abort()
  }
  return { signal: stop.signal, onStep }
}

describe.each([
  ['cnn-transformer', transformer],
  ['lstm-attention', lstm],
])('%s', (_name, model) => {
  test('the same seed gives the same weights, another seed others', async () => {
    const [a, b] = [await train({ settings: { model } }), await train({ settings: { model } })]
    const c = await train({ settings: { model, seed: 2 } })
    expect(a.steps).toEqual(b.steps)
    expect(a.last.values).toEqual(b.last.values)
    expect((await readCheckpointOf(a.folder)).equals(await readCheckpointOf(b.folder))).toBe(true)
    expect(a.last.values).not.toEqual(c.last.values)
  })

  test('a run that stopped in its third epoch goes on as if it had not', async () => {
    const whole = await train({ settings: { model } })
    const first = await train({ settings: { model }, ...stopIn(3) })
    expect(first.checkpoint.epoch).toBe(2)
    expect(first.evaluated).toHaveLength(2)

    const rest = await train({ settings: { model }, out: first.folder, resume: true })
    expect(rest.steps).toEqual(whole.steps.filter(({ epoch }) => epoch === 3))
    expect(rest.last.values).toEqual(whole.last.values)
    expect(rest.checkpoint).toEqual(whole.checkpoint)
    const [ours, theirs] = [
      await readCheckpointOf(rest.folder),
      await readCheckpointOf(whole.folder),
    ]
    expect(ours.equals(theirs)).toBe(true)
  })

  test('it learns a dataset of one picture and one word', async () => {
    const { steps, last } = await train({
      data: single,
      settings: { model, epochs: 40, smoothing: 0, dropout: 0, rate: 0.05 },
    })
    expect(last.words.vocabulary.words.slice(4)).toEqual(['dog'])
    expect(steps[0]!.captionLoss).toBeGreaterThan(1)
    expect(steps.at(-1)!.captionLoss).toBeLessThan(0.2)
    for (const values of last.values.values()) expect(values.every(Number.isFinite)).toBe(true)
  })
})

test('every epoch has its steps, with a rate that rises and falls; images that fill no batch wait', async () => {
  const { steps, evaluated, folder } = await train()
  expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual(
    [1, 2, 3].flatMap((epoch) => [1, 2].map((step) => [epoch, step])),
  )
  expect(steps.every(({ images, steps: all }) => images === 3 && all === 2)).toBe(true)
  const rates = steps.map(({ rate }) => rate)
  expect(rates.slice(0, 3)).toEqual([0.005, 0.01, 0.01])
  expect(rates.at(-1)).toBeCloseTo(0.0002 + (0.0098 * (1 + Math.cos((Math.PI * 3) / 4))) / 2, 9)
  expect(rates.slice(2)).toEqual(rates.slice(2).toSorted((a, b) => b - a))
  expect(evaluated.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  const curves = (await readFile(join(folder, 'curves.jsonl'), 'utf8')).trim().split('\n')
  expect(curves.map((line) => JSON.parse(line))).toMatchObject([
    { epoch: 1, score: -1, captionLoss: (steps[0]!.captionLoss! + steps[1]!.captionLoss!) / 2 },
    { epoch: 2, score: -2 },
    { epoch: 3, score: -3 },
  ])
})

test('each epoch sees the images in another order, with other chance, and labels half in the last', async () => {
  const reds: number[][] = []
  const masks: string[] = []
  const labelWeights: number[] = []
  const compile: TrainLoopOptions['compile'] = async (onnx) => {
    const { run } = await runtime.openSession(onnx)
    return (feeds) => {
      const pixels = feeds.pixels!.data as Float32Array
      reds.push([0, 1, 2].map((image) => pixels[image * 3 * 16 * 16]!))
      masks.push(`${feeds['mask/embedding']!.data}`)
      labelWeights.push(feeds.labelWeight!.data[0] as number)
      return run(feeds)
    }
  }
  await train({ compile, settings: { colorRange: 0 } })
  const epochs = [0, 1, 2].map((epoch) => reds.slice(epoch * 2, epoch * 2 + 2).flat())
  for (const epoch of epochs) expect(new Set(epoch).size).toBe(6)
  expect(new Set(epochs.map(String)).size).toBe(3)
  expect(new Set(masks).size).toBe(6)
  expect(labelWeights).toEqual([20, 20, 20, 20, 10, 10])
})

test('the best epoch is the one with the greatest score, also over an interruption', async () => {
  const scores = [0.2, 0.5, 0.3]
  const best: boolean[] = []
  const evaluate: TrainLoopOptions['evaluate'] = async ({ epoch, isBest }) => {
    best.push(isBest(scores[epoch - 1]!))
    return { score: scores[epoch - 1]! }
  }
  const first = await train({ evaluate, ...stopIn(3) })
  const rest = await train({ evaluate, out: first.folder, resume: true })
  expect(best).toEqual([true, true, false])
  expect(rest.checkpoint.best).toEqual({ score: 0.5, epoch: 2 })
})

test('a score that is not a number is never the best, and the run can go on', async () => {
  const evaluate = async ({ epoch }: Trained) => ({ score: epoch === 1 ? Number.NaN : 0.1 })
  const first = await train({ evaluate, ...stopIn(2) })
  expect(first.checkpoint).toMatchObject({ epoch: 1, best: null })
  const rest = await train({ evaluate, out: first.folder, resume: true })
  expect(rest.checkpoint).toMatchObject({ epoch: 3, best: { score: 0.1, epoch: 3 } })
})

describe('a signal', () => {
  test('before the first step leaves nothing to go on from, and nothing in the way', async () => {
    const { folder, checkpoint, steps } = await train({ signal: AbortSignal.abort() })
    expect(steps).toEqual([])
    expect(checkpoint.epoch).toBe(0)
    expect((await train({ out: folder })).checkpoint.epoch).toBe(3)
  })

  test('in the last step of an epoch stops before it is scored', async () => {
    const stop = new AbortController()
    const onStep = ({ epoch, step }: StepReport) => void (epoch === 2 && step === 2 && stop.abort())
    const { checkpoint, evaluated } = await train({ signal: stop.signal, onStep })
    expect(checkpoint.epoch).toBe(1)
    expect(evaluated).toHaveLength(1)
  })

  test('while an epoch is scored ends the run as well, without an error', async () => {
    const stop = new AbortController()
    const evaluate = async ({ epoch }: Trained) => {
      if (epoch === 2) stop.abort('SIGINT')
      stop.signal.throwIfAborted()
      return { score: 1 }
    }
    const { checkpoint, folder } = await train({ signal: stop.signal, evaluate })
    expect(checkpoint.epoch).toBe(1)
    expect((await train({ out: folder, resume: true })).steps.map(({ epoch }) => epoch)).toEqual([
      2, 2, 3, 3,
    ])
  })

  test('does not hide an error of scoring', async () => {
    const stop = new AbortController()
    const evaluate = async () => {
      stop.abort()
      throw new Error('no space')
    }
    await expect(train({ signal: stop.signal, evaluate })).rejects.toThrow('no space')
  })
})

describe('a loss that is no number', () => {
  test('stops the run at the step, which is named, and leaves the checkpoint', async () => {
    const first = await train(stopIn(2))
    const before = await readCheckpointOf(first.folder)
    const compile: TrainLoopOptions['compile'] = async (onnx) => {
      const { run } = await runtime.openSession(onnx)
      let calls = 0
      return async (feeds) => {
        const result = await run(feeds)
        if (++calls === 2) result.outputs.captionLoss!.data[0] = Number.NaN
        return result
      }
    }
    await expect(train({ out: first.folder, resume: true, compile })).rejects.toThrow(
      new TrainingError(
        'The loss is not a number at epoch 2, step 2. The checkpoint of epoch 1 is unharmed; ' +
          'try a lower --rate with another --out.',
      ),
    )
    expect((await readCheckpointOf(first.folder)).equals(before)).toBe(true)
  })

  test('comes of a rate that is far too high', async () => {
    await expect(train({ settings: { rate: 1e30, warmupEpochs: 0 } })).rejects.toThrow(
      /^The loss is not a number at epoch 1, step 2\./,
    )
  })
})

describe('refused is', () => {
  test('a folder with a run in it, unless it is to go on', async () => {
    const { folder } = await train(stopIn(2))
    await expect(train({ out: folder })).rejects.toThrow(/holds a run already.*--resume/)
  })

  test.each<[string, Run]>([
    ['other settings', { settings: { rate: 0.02 } }],
    ['another seed', { settings: { seed: 5 } }],
    ['another architecture', { settings: { model: lstm } }],
    ['another size', { settings: { model: { ...transformer, imageSize: 24 } } }],
  ])('to go on with %s', async (_what, run) => {
    const { folder } = await train(stopIn(2))
    await expect(train({ ...run, out: folder, resume: true })).rejects.toThrow(
      /is of a run with other settings, other data or another architecture/,
    )
  })

  test('to go on with other data', async () => {
    const { folder } = await train(stopIn(2))
    await expect(train({ data: single, out: folder, resume: true })).rejects.toThrow(TrainingError)
  })

  test('to continue from a damaged checkpoint', async () => {
    const { folder } = await train(stopIn(2))
    await writeFile(join(folder, 'checkpoint.bin'), 'something else')
    await expect(train({ out: folder, resume: true })).rejects.toThrow(
      /not a checkpoint, or is damaged/,
    )
  })
})

describe('from a model', () => {
  const modelOf = ({ settings: model, values, words }: Trained) =>
    ({
      card: {
        settings: model,
        vocabulary: words.vocabulary.words,
        labels: words.labels,
        files: {},
      },
      values,
    }) as unknown as LoadedModel

  test('training goes on with its weights, its words and its labels', async () => {
    const { last } = await train()
    const again = await train({
      data: familiar,
      init: modelOf(last),
      settings: { rate: 0, epochs: 1 },
    })
    expect(again.last.words.vocabulary.words).toEqual(last.words.vocabulary.words)
    expect(again.last.words.labels).toEqual(last.words.labels)
    expect(again.last.settings).toEqual(last.settings)
    for (const [name, values] of again.last.values) {
      const isStatistic = /\.(mean|variance)$/.test(name)
      if (!isStatistic) expect(values, name).toEqual(last.values.get(name))
    }
  })

  test('that knows no word of the captions it is refused', async () => {
    const { last } = await train({ settings: { epochs: 1 } })
    await expect(train({ data: single, init: modelOf(last) })).rejects.toThrow(
      /knows no word of the captions/,
    )
  })

  test('of another architecture it is refused', async () => {
    const { last } = await train({ settings: { epochs: 1 } })
    await expect(train({ init: modelOf(last), settings: { model: lstm } })).rejects.toThrow(
      new TrainingError('The model to start from is cnn-transformer, not lstm-attention.'),
    )
  })

  test('without all its values it is refused', async () => {
    const { last } = await train({ settings: { epochs: 1 } })
    const [missing] = last.values.keys()
    const values = new Map([...last.values].filter(([name]) => name !== missing))
    await expect(train({ init: modelOf({ ...last, values }) })).rejects.toThrow(
      new TrainingError(`The model to start from has no fitting values for ${missing}.`),
    )
  })
})

test('a run leaves its checkpoint and its curves, and no drafts', async () => {
  const { folder } = await train()
  expect((await readdir(folder)).toSorted()).toEqual(['.lock', 'checkpoint.bin', 'curves.jsonl'])
})

test('a folder with a model that is no run is left alone, with --resume as well', async () => {
  const out = await mkdtemp(join(root, 'model-'))
  await writeFile(join(out, 'model.json'), '{}')
  for (const resume of [false, true]) {
    await expect(train({ out, resume })).rejects.toThrow(/holds a model already/)
  }
  expect(await readdir(out)).toEqual(['.lock', 'model.json'])
})

test('curves of epochs behind the checkpoint, and lines that are not whole, go when the run goes on', async () => {
  const { folder } = await train({ settings: { epochs: 2 }, ...stopIn(2) })
  const path = join(folder, 'curves.jsonl')
  const whole = await readFile(path, 'utf8')
  await writeFile(path, `${whole}{"epoch":2,"captionLoss":1}\n{"epoch":3,"capt`)
  await train({ out: folder, resume: true, settings: { epochs: 2 } })
  const epochs = (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).epoch)
  expect(epochs).toEqual([1, 2])
})

test('says where a run begins, and how many words it does not know', async () => {
  const starts: unknown[] = []
  const onStart = (start: unknown) => void starts.push(start)
  const first = await train({ onStart, ...stopIn(2), settings: { minimumCount: 2 } })
  await train({ onStart, out: first.folder, resume: true, settings: { minimumCount: 2 } })
  expect(starts).toEqual([
    {
      epoch: 0,
      words: 31,
      unknown: expect.any(Number),
      captions: 11,
      cut: 0,
      longest: 5,
      unspaced: 0,
    },
    {
      epoch: 1,
      words: 31,
      unknown: expect.any(Number),
      captions: 11,
      cut: 0,
      longest: 5,
      unspaced: 0,
    },
  ])
  expect((starts[0] as { unknown: number }).unknown).toBeGreaterThan(0)
})
