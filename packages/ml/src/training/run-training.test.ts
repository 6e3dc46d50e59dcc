import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OptionError } from '../options/option-error.ts'
import { prepareDataset } from './dataset/prepare-dataset.ts'
import { sampleDataset } from './dataset/sample-dataset.ts'
import { runTraining, type TrainingContext } from './run-training.ts'
import { parseTrainingOptions } from './training-options.ts'
import type { TrainingProgress } from './training-progress.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-run-'))
  await using sample = await sampleDataset({
    'dark.png': [20, 'train'],
    'bright.png': [230, 'train'],
    'dim.png': [25, 'dev'],
    'pale.png': [220, 'dev'],
  })
  const images = sample.options.images.map((image) => ({ ...image, captions: ['a red square'] }))
  await prepareDataset({ ...sample.options, images, imageSize: 48, to: join(folder, 'data') })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const options = (out: string, more: object = {}) =>
  parseTrainingOptions({
    ...{ data: join(folder, 'data'), out: join(folder, out), size: 'tiny' },
    ...{ epochs: 2, batch: 2, minimumCount: 1, threads: 1, ...more },
  })

async function run(out: string, context: Partial<TrainingContext> = {}, more: object = {}) {
  const seen: TrainingProgress[] = []
  const result = await runTraining(options(out, more), {
    hub: { offline: true, folder: join(folder, 'hub') },
    createdBy: 'a test',
    ...context,
    async onProgress(progress) {
      seen.push(progress)
      await context.onProgress?.(progress)
    },
  })
  return { seen, result, kinds: seen.map(({ kind }) => kind) }
}

test('a run tells of its start, its steps and its epochs, and leaves a model and a report', async () => {
  const { kinds, result } = await run('whole')
  expect(kinds).toEqual(['start', 'step', 'epoch', 'step', 'epoch'])
  expect(result).toMatchObject({ epochs: 2, isStopped: false, model: { name: 'whole' } })
  expect(await readFile(join(folder, 'whole/report.html'), 'utf8')).toContain('Training report')
})

test('a run waits for whoever is told of an epoch', async () => {
  const order: string[] = []
  await run('patient', {
    async onProgress({ kind }) {
      order.push(kind)
      if (kind !== 'epoch') return
      await setTimeout(100) // long enough for a step that does not wait
      order.push('epoch is written')
    },
  })
  const epoch = ['step', 'epoch', 'epoch is written']
  expect(order).toEqual(['start', ...epoch, ...epoch])
})

test('a stopped run says how far it came, and a resumed one ends as if it had not stopped', async () => {
  const stop = new AbortController()
  const stopped = await run('stopped', {
    signal: stop.signal,
    onProgress: ({ kind }) => void (kind === 'epoch' && stop.abort()),
  })
  expect(stopped.result).toMatchObject({ epochs: 1, isStopped: true })
  const resumed = await run('stopped', {}, { resume: true })
  expect(resumed.seen[0]).toMatchObject({ kind: 'start', epoch: 1 })
  expect(resumed.result).toMatchObject({ epochs: 2, isStopped: false })
  const curves = (name: string) => readFile(join(folder, name, 'curves.jsonl'), 'utf8')
  expect(await curves('stopped')).toBe(await curves('whole'))
})

test('a run that is stopped before it begins has done nothing', async () => {
  const { result } = await run('never', { signal: AbortSignal.abort() })
  expect(result).toEqual({ epochs: 0, isStopped: true, model: undefined })
})

test('a report that cannot be written is noted, and ends no training', async () => {
  await mkdir(join(folder, 'blocked/report.html'), { recursive: true })
  const { seen, result } = await run('blocked')
  expect(result.epochs).toBe(2)
  expect(seen).toContainEqual({
    kind: 'note',
    text: expect.stringMatching(/report\.html could not be written/),
  })
})

test('a network that is nowhere is refused by the name of its option', async () => {
  const backbone = { from: 'nowhere.onnx' }
  const nameOption = (option: string) => `<${option}>`
  await expect(run('lost', { nameOption }, { backbone })).rejects.toThrow(
    new OptionError(
      'There is no file nowhere.onnx. <backbone.from> takes an ONNX file, or a repository as OWNER/NAME.',
    ),
  )
})
