import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { beforeAll, expect, test } from 'vitest'
import { paint } from '../../test/vlm/paint.ts'
import { pullTinyVlm } from '../../test/vlm/pull-tiny-vlm.ts'
import { tinySmolvlm } from '../../test/vlm/tiny-smolvlm.ts'
import { tinyVitGpt2 } from '../../test/vlm/tiny-vit-gpt2.ts'
import { tinyVlms } from '../../test/vlm/tiny-vlms.ts'
import { openVlm, type VlmOptions } from './open-vlm.ts'
import type { VlmFamily } from './vlm-families.ts'
import type { VlmRequest } from './vlm-messages.ts'

let red: Buffer
let blue: Buffer
beforeAll(async () => {
  ;[red, blue] = await Promise.all([paint('red'), paint('blue')])
})

const short: VlmRequest = { maxTokens: 20 }

/** A tiny model that was pulled by the production code, opened. */
async function openTiny(files = tinyVitGpt2(), options: Partial<VlmOptions> = {}) {
  const pulled = await pullTinyVlm(files)
  const { folder, family, dtypes } = pulled.vlm
  const vlm = await openVlm(folder, { family, dtypes, name: 'tiny', threads: 1, ...options })
  const dispose = async () => {
    await vlm.dispose()
    await pulled[Symbol.asyncDispose]()
  }
  return { ...pulled, caption: vlm.caption, dispose: vlm.dispose, [Symbol.asyncDispose]: dispose }
}

const cases: [VlmFamily, Partial<VlmRequest>, string, number][] = [
  ['vit-gpt2', {}, '', 0],
  ['florence-2', {}, '', 27],
  ['florence-2', { task: '<CAPTION>' }, '', 27],
  ['florence-2', { task: '<DETAILED_CAPTION>' }, ' shows crimson tile', 37],
  ['florence-2', { task: '<MORE_DETAILED_CAPTION>' }, ' shows crimson tile'.repeat(2), 40],
  ['smolvlm', { prompt: 'Describe this image.' }, '', 42],
  ['smolvlm', { prompt: 'Write a paragraph.' }, ' shows crimson tile'.repeat(2), 31],
]
test.each(cases)(
  '%s with %j says what colours it sees',
  async (family, request, more, inputTokens) => {
    await using vlm = await openTiny(tinyVlms[family]())
    const ofRed = await vlm.caption(red, { ...request, ...short })
    expect(ofRed).toMatchObject({ text: `shows crimson tile${more}`, finish: 'stop' })
    expect(ofRed.usage.inputTokens).toBe(inputTokens)
    expect(ofRed.usage.outputTokens).toBeGreaterThan(3)
    const ofBlue = await vlm.caption(blue, { ...request, ...short })
    expect(ofBlue.text).toBe(ofRed.text.replaceAll('crimson', 'azure'))
  },
)

test.each([
  { name: 'SmolVLM' },
  { templateIn: 'chat_template.json' },
  { templateIn: 'chat_template.jinja' },
] as const)(
  'a SmolVLM with other names and files (%j) is asked in the same words',
  async (options) => {
    await using vlm = await openTiny(tinySmolvlm(options))
    const caption = await vlm.caption(red, { prompt: 'Describe this image.', ...short })
    expect(caption).toMatchObject({ text: 'shows crimson tile', usage: { inputTokens: 42 } })
  },
)

test('pixels are as good as a file', async () => {
  await using vlm = await openTiny()
  const pixels = Uint8Array.from({ length: 4 * 5 * 3 }, (_, i) => (i % 3 === 2 ? 255 : 0))
  const { text } = await vlm.caption({ pixels, width: 4, height: 5 }, short)
  expect(text).toBe('shows azure tile')
})

test('captions that are asked for at once are all answered, in their order', async () => {
  await using vlm = await openTiny()
  const asked = [red, blue, red, blue].map((image) => vlm.caption(image, short))
  const texts = (await Promise.all(asked)).map(({ text }) => text.split(' ')[1])
  expect(texts).toEqual(['crimson', 'azure', 'crimson', 'azure'])
})

test.each(['vit-gpt2', 'florence-2', 'smolvlm'] as const)(
  'a text of %s that is cut off at the limit says so, whatever its settings force',
  async (family) => {
    await using vlm = await openTiny(tinyVlms[family]())
    const prompt = family === 'smolvlm' ? { prompt: 'Describe this image.' } : {}
    const cut = await vlm.caption(red, { ...prompt, maxTokens: 3 })
    expect(cut).toMatchObject({ finish: 'length', usage: { outputTokens: 3 } })
    expect('shows crimson tile').toContain(cut.text)
  },
)

test('words are drawn where a temperature or topK is given, and topK keeps to the most probable', async () => {
  await using vlm = await openTiny()
  const draw = async (sampling: VlmRequest['sampling']) => {
    const asked = Array.from({ length: 12 }, () =>
      vlm.caption(red, { ...short, sampling: sampling! }),
    )
    return new Set((await Promise.all(asked)).map(({ text }) => text))
  }
  expect((await draw({ temperature: 2 })).size).toBeGreaterThan(1)
  expect((await draw({ topK: 300 })).size).toBeGreaterThan(1)
  const sure = new Set(['shows crimson tile'])
  expect(await draw({ temperature: 2, topK: 1 })).toEqual(sure)
  expect(await draw({ temperature: 0 })).toEqual(sure)
})

test('an aborted caption fails at once, and the thread goes on with the next one', async () => {
  await using vlm = await openTiny(tinyVitGpt2({ words: 1e6 }))
  const controller = new AbortController()
  const endless = vlm.caption(red, { maxTokens: 1e6 }, controller.signal)
  const queued = vlm.caption(red, { maxTokens: 1e6 }, controller.signal)
  const next = vlm.caption(blue, { maxTokens: 3 })
  await setTimeout(200)
  controller.abort('enough')
  await expect(endless).rejects.toBe('enough')
  await expect(queued).rejects.toBe('enough')
  expect((await next).text).toBe('shows azure tile')
  await expect(vlm.caption(red, short, AbortSignal.abort('before'))).rejects.toBe('before')
})

test('the death of the thread is said to all that wait, and the next caption starts another', async () => {
  const workers: Worker[] = []
  const startWorker = () => {
    const file = join(import.meta.dirname, '../../test/vlm/mortal-worker.ts')
    workers.push(new Worker(file, { execArgv: [] }))
    return workers.at(-1)!
  }
  await using vlm = await openTiny(tinyVitGpt2({ words: 1e6 }), { startWorker })
  const asked = [red, blue].map((image) => vlm.caption(image, { maxTokens: 1e6 }))
  const waiting = Promise.allSettled(asked)
  await setTimeout(100)
  workers[0]!.postMessage('die')
  const died = {
    status: 'rejected',
    reason: { code: 'thread-died', message: expect.stringContaining('told to die') },
  }
  expect(await waiting).toMatchObject([died, died])
  expect((await vlm.caption(red, { maxTokens: 3 })).text).toBe('shows crimson tile')
  expect(workers).toHaveLength(2)
})

test('a thread that has not enough memory says so', async () => {
  await using pulled = await pullTinyVlm(tinyVitGpt2())
  const { folder, family, dtypes } = pulled.vlm
  const startWorker = () =>
    new Worker(join(import.meta.dirname, 'vlm-worker.ts'), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 8 },
    })
  const opening = openVlm(folder, { family, dtypes, startWorker })
  await expect(opening).rejects.toMatchObject({ code: 'out-of-memory' })
})

test('a model that is disposed answers what it was asked before, and nothing after', async () => {
  await using vlm = await openTiny()
  const before = vlm.caption(red, short)
  await vlm.dispose()
  expect((await before).text).toBe('shows crimson tile')
  await expect(vlm.caption(red, short)).rejects.toMatchObject({ code: 'disposed' })
})

test('more tokens than the model has places for are refused', async () => {
  await using vlm = await openTiny()
  await expect(vlm.caption(red, { maxTokens: 1027 })).rejects.toMatchObject({
    code: 'unsupported-option',
    message: expect.stringContaining('at most 1026'),
  })
})

test('a file that is no image is a failure of that caption only', async () => {
  await using vlm = await openTiny()
  const broken = vlm.caption(Buffer.from('no image'), short)
  await expect(broken).rejects.toMatchObject({ code: 'unreadable-image' })
  expect((await vlm.caption(red, short)).text).toBe('shows crimson tile')
})

test('a prompt cannot name a picture that is not there', async () => {
  await using vlm = await openTiny(tinyVlms.smolvlm())
  const asked = vlm.caption(red, { prompt: 'Compare <image> and <image>.', ...short })
  await expect(asked).rejects.toMatchObject({ code: 'unsupported-option' })
})

const decoder = 'onnx/decoder_model_merged_quantized.onnx'
test.each<[string, string, (path: string) => Promise<void>, string]>([
  ['a graph that is gone', decoder, (path) => rm(path), 'model-missing'],
  ['a graph of other bytes', decoder, (path) => writeFile(path, 'x'), 'model-damaged'],
  ['half a tokenizer', 'tokenizer.json', (path) => writeFile(path, '{"a":'), 'model-damaged'],
])('%s is named', async (_case, file, break_, code) => {
  await using pulled = await pullTinyVlm(tinyVitGpt2())
  const { folder, family, dtypes } = pulled.vlm
  await break_(join(folder, file))
  await expect(openVlm(folder, { family, dtypes, name: 'tiny' })).rejects.toMatchObject({
    code,
    message: expect.stringMatching(/tiny.*pull/is),
  })
})

test('a device that is not here is named', async () => {
  const device = process.platform === 'darwin' ? 'dml' : 'coreml'
  await using pulled = await pullTinyVlm(tinyVitGpt2())
  const { folder, family, dtypes } = pulled.vlm
  await expect(openVlm(folder, { family, dtypes, device })).rejects.toMatchObject({
    code: 'device-absent',
  })
})
