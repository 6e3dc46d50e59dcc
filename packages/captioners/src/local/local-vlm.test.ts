import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CaptionerSettings, type Sampling, type SettingsOfKind, type Style } from '@descry/contract'
import { openVlm, type VlmFamily } from '@descry/ml'
import { expect, test, vi } from 'vitest'
import { pullTinyVlm } from '../../../ml/test/vlm/pull-tiny-vlm.ts'
import { tinyVlms } from '../../../ml/test/vlm/tiny-vlms.ts'
import { makeQuestion } from '../../test/providers/make-question.ts'
import { prompts } from '../prompts/prompts.ts'
import { localVlmCaptioner } from './local-vlm.ts'

const parse = (settings: object) =>
  CaptionerSettings.parse({
    kind: 'local-vlm',
    name: 'eyes',
    model: 'owner/name',
    ...settings,
  }) as SettingsOfKind<'local-vlm'>

/** A captioner of a tiny model that was pulled from a fake hub. */
async function tinyCaptioner(family: VlmFamily, settings: object = {}) {
  const pulled = await pullTinyVlm(tinyVlms[family]())
  const open = vi.fn(openVlm)
  const captioner = await localVlmCaptioner(parse(settings), { hub: pulled.settings, open })
  const ask = async (options: { style?: Style; prompt?: string; sampling?: Sampling } = {}) => {
    const { style = 'concise' } = options
    const question = await makeQuestion({ prompt: prompts[style], ...options, style })
    return captioner.caption(question, new AbortController().signal)
  }
  const dispose = async () => {
    await captioner.dispose?.()
    await pulled[Symbol.asyncDispose]()
  }
  return { pulled, captioner, open, ask, [Symbol.asyncDispose]: dispose }
}

test('a pulled model captions here, in a thread that the first caption starts', async () => {
  await using tiny = await tinyCaptioner('vit-gpt2')
  expect(tiny.captioner).toMatchObject({
    kind: 'local-vlm',
    name: 'eyes',
    styles: ['concise'],
    sendsPixelsTo: null,
    modelVersion: 'c0ffee000000-q8',
    limits: { parallel: 1 },
    sampling: { maxTokens: 200 },
  })
  expect(tiny.open).not.toHaveBeenCalled()
  const captions = await Promise.all([tiny.ask(), tiny.ask({ sampling: { maxTokens: 20 } })])
  const teal = { text: 'shows azure tile', finish: 'stop', usage: { inputTokens: 0 } }
  expect(captions).toMatchObject([teal, teal])
  expect(tiny.open).toHaveBeenCalledTimes(1)
})

test('its settings win over what the model has', async () => {
  await using tiny = await tinyCaptioner('smolvlm', {
    limits: { parallel: 2 },
    sampling: { temperature: 0.5, maxTokens: 50 },
    price: {},
    timeoutSeconds: 5,
  })
  expect(tiny.captioner).toMatchObject({
    limits: { parallel: 2 },
    sampling: { temperature: 0.5, maxTokens: 50 },
    timeoutMs: 5000,
  })
})

const words = (count: number) => 'shows azure tile '.repeat(count).trim()

test.each<[Style, string | undefined, string]>([
  ['concise', undefined, words(1)],
  ['concise', 'What is on this card?', words(1)],
  ['training', undefined, words(3)],
  ['concise', '<DETAILED_CAPTION>', words(2)],
])('Florence-2 is asked for %s (%s) by its task', async (style, prompt, text) => {
  await using tiny = await tinyCaptioner('florence-2')
  expect(tiny.captioner.styles).toEqual(['concise', 'training'])
  expect(await tiny.ask({ style, ...(prompt && { prompt }) })).toMatchObject({ text })
})

test('SmolVLM writes what the prompt says, in all styles', async () => {
  await using tiny = await tinyCaptioner('smolvlm')
  expect(tiny.captioner.styles).toEqual(['concise', 'creative', 'alt', 'training'])
  expect((await tiny.ask({ prompt: 'Describe this image.' })).text).toBe(words(1))
  expect((await tiny.ask({ prompt: 'Write a paragraph.' })).text).toBe(words(3))
})

test.each<[VlmFamily, Style]>([
  ['vit-gpt2', 'training'],
  ['florence-2', 'alt'],
])('%s does not pretend to write %s', async (family, style) => {
  await using tiny = await tinyCaptioner(family)
  await expect(tiny.ask({ style })).rejects.toMatchObject({
    outcome: 'bad-request',
    message: expect.stringContaining(`does not write texts of the style ${style}`),
  })
})

test('an option that the model would ignore is refused, in the settings and in a request', async () => {
  const refusal = { outcome: 'bad-request', message: expect.stringContaining('topP') }
  await expect(tinyCaptioner('smolvlm', { sampling: { topP: 0.9 } })).rejects.toMatchObject(refusal)
  await using tiny = await tinyCaptioner('smolvlm')
  await expect(tiny.ask({ sampling: { topP: 0.9 } })).rejects.toMatchObject(refusal)
})

test('a model that was not pulled is refused with the command that pulls it', async () => {
  await using pulled = await pullTinyVlm(tinyVlms['vit-gpt2']())
  const hub = pulled.settings
  await expect(localVlmCaptioner(parse({ model: 'some/other' }), { hub })).rejects.toMatchObject({
    name: 'CaptionerFailure',
    outcome: 'bad-request',
    message: expect.stringContaining('npx descry models pull some/other'),
  })
  await expect(localVlmCaptioner(parse({ model: 'no-owner' }), { hub })).rejects.toMatchObject({
    outcome: 'bad-request',
  })
})

test('a model that is damaged says how to mend it, and captions once it is mended', async () => {
  await using tiny = await tinyCaptioner('vit-gpt2')
  const path = join(tiny.pulled.vlm.folder, 'onnx/encoder_model_quantized.onnx')
  const { 'onnx/encoder_model_quantized.onnx': whole } = tinyVlms['vit-gpt2']()
  await writeFile(path, 'no network')
  await expect(tiny.ask()).rejects.toMatchObject({
    outcome: 'bad-request',
    message: expect.stringContaining('npx descry models verify'),
  })
  await writeFile(path, whole ?? '')
  expect(await tiny.ask()).toMatchObject({ text: words(1) })
})

test('an aborted caption fails with the reason, whatever the model does', async () => {
  await using tiny = await tinyCaptioner('vit-gpt2')
  const signal = AbortSignal.abort('enough')
  await expect(tiny.captioner.caption(await makeQuestion(), signal)).rejects.toBe('enough')
})
