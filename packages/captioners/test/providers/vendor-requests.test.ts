import { CaptionerSettings } from '@descry/contract'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { buildCaptioner } from '../../src/build-captioner.ts'
import type { CaptionInput } from '../../src/captioner/captioner.ts'
import type { ProviderOptions } from '../../src/http/hosted-captioner.ts'
import { local } from './local.ts'
import { makeQuestion } from './make-question.ts'
import { startProvider } from './start-provider.ts'
import { vendors } from './vendors.ts'

let provider: Awaited<ReturnType<typeof startProvider>>
beforeAll(async () => {
  provider = await startProvider()
})
afterAll(() => provider.close())
beforeEach(() => () => vi.unstubAllEnvs())

const build = (settings: object, options: ProviderOptions = {}) =>
  buildCaptioner(CaptionerSettings.parse({ name: 'mine', ...settings }), { ...local, ...options })

async function ask(
  settings: object,
  options: ProviderOptions = {},
  input: Partial<CaptionInput> = {},
) {
  const captioner = await build(settings, options)
  const question = await makeQuestion({ sampling: captioner.sampling ?? {}, ...input })
  const output = await captioner.caption(question, new AbortController().signal)
  await captioner.dispose?.()
  return output
}

const requests = () =>
  provider.requests.map(({ body, ...rest }) => ({ ...rest, json: JSON.parse(body || '{}') }))

const aws = { baseUrl: '', region: 'eu-central-1' }
const google = () => ({ kind: 'google', baseUrl: `${provider.url}/v1beta` })
const bedrock = (model: string, sampling: object = {}) => ({
  ...aws,
  kind: 'bedrock',
  baseUrl: provider.url,
  models: [model],
  sampling,
})
const good = (kind: string) => provider.answer({ body: vendors[kind]?.good('Teal card.') })

test('a text that ended at the limit of tokens is given with that mark', async () => {
  const message = { role: 'assistant', content: '<think>Teal?</think>A teal card with' }
  provider.answer({ body: { choices: [{ index: 0, message, finish_reason: 'length' }] } })
  const { settings } = vendors['openai-compatible']!
  const output = await ask(settings(provider.url))
  expect(output).toEqual({ text: 'A teal card with', finish: 'length' })
})

test.each([
  ['gemini-2.5-flash', { maxOutputTokens: 200, thinkingConfig: { thinkingBudget: 0 } }],
  ['gemini-2.5-pro', { maxOutputTokens: 1224, thinkingConfig: { thinkingBudget: 128 } }],
  ['gemini-3-pro-preview', { maxOutputTokens: 1224, thinkingConfig: { thinkingLevel: 'low' } }],
  ['gemma-3-27b-it', { maxOutputTokens: 200 }],
])('%s thinks as little as it can, with room for it', async (model, expected) => {
  good('google')
  await ask({ ...google(), models: [model] }, { apiKey: 'AIza-0123456789' })
  const { temperature, topK, topP, ...others } = requests()[0]?.json.generationConfig ?? {}
  expect({ temperature, topK, topP }).toEqual({ temperature: 0.7, topK: 40, topP: 0.95 })
  expect(others).toEqual(expected)
})

test.each([
  ['claude-haiku-4-5', { temperature: 0.7, top_k: 40, max_tokens: 200 }],
  ['claude-opus-4-7', { max_tokens: 200, thinking: { type: 'disabled' } }],
  ['claude-fable-5', { max_tokens: 1224, output_config: { effort: 'low' } }],
])('%s gets the sampling that it takes', async (model, expected) => {
  good('anthropic')
  const settings = { kind: 'anthropic', baseUrl: `${provider.url}/v1`, models: [model] }
  await ask(settings, { apiKey: 'sk-ant-0123456789' })
  const { model: asked, messages, ...sampling } = requests()[0]?.json ?? {}
  expect(asked).toBe(model)
  expect(messages).toHaveLength(1)
  expect(sampling).toEqual(expected)
})

test.each([
  ['us.amazon.nova-lite-v1:0', { inferenceConfig: { topK: 40 } }],
  ['anthropic.claude-3-haiku-20240307-v1:0', { top_k: 40 }],
])("%s gets topK in its maker's own field, for Converse has none", async (model, expected) => {
  good('bedrock')
  await ask(bedrock(model, { topK: 40 }), { apiKey: 'AKIAEXAMPLE:secret-0123' })
  const { inferenceConfig, additionalModelRequestFields } = requests()[0]?.json ?? {}
  expect(additionalModelRequestFields).toEqual(expected)
  expect(inferenceConfig).toEqual({ temperature: 0.7, maxTokens: 200 })
})

test('topK is refused where the model has none', async () => {
  await expect(build(bedrock('meta.llama4-scout-17b-instruct-v1:0', { topK: 40 }))).rejects.toThrow(
    /does not take topK/,
  )
})

test('a key of AWS wins over those in the environment, and without one these are used', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'bearer-of-the-machine')
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAMACHINE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-the-machine')
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:1')
  for (const kind of ['bedrock', 'sagemaker', 'rekognition']) {
    const { settings } = vendors[kind]!
    good(kind)
    await ask(settings(provider.url), { apiKey: 'AKIASTORED:secret-0123' })
    await ask(settings(provider.url))
    const keys = requests().map(({ headers }) => headers.authorization?.match(/=(AKIA\w+)/)?.[1])
    expect(keys, kind).toEqual(['AKIASTORED', 'AKIAMACHINE'])
  }
})

test("one of Bedrock's own keys goes out as a bearer token", async () => {
  good('bedrock')
  await ask(bedrock('amazon.nova-lite-v1:0'), { apiKey: 'ABSKQmVkcm9ja0FQSUtleQ==' })
  expect(requests()[0]?.headers.authorization).toBe('Bearer ABSKQmVkcm9ja0FQSUtleQ==')
})

test('a key of AWS in another form is refused, without repeating it', async () => {
  const { settings } = vendors.rekognition!
  const asked = ask(settings(provider.url), { apiKey: 'AKIAEXAMPLE/secret-0123' })
  await expect(asked).rejects.toMatchObject({
    outcome: 'bad-key',
    message: expect.stringMatching(/^(?!.*secret-0123).*accessKeyId:secretAccessKey/),
  })
})

test.each([
  ['google', 'GOOGLE_GENERATIVE_AI_API_KEY', 'Gemini'],
  ['anthropic', 'ANTHROPIC_API_KEY', 'Claude'],
])('%s without a key is a failure, even if there is one in the environment', async (kind, name) => {
  vi.stubEnv(name, 'of-another-program')
  await expect(ask({ kind, models: ['eyes'] })).rejects.toMatchObject({ outcome: 'bad-key' })
})

test('an address with a password is refused', async () => {
  const settings = {
    kind: 'openai-compatible',
    baseUrl: 'http://me:secret@example.org/v1',
    models: ['a'],
  }
  await expect(build(settings)).rejects.toThrow(/^The address of example\.org holds a user name/)
})

test('a container on SageMaker is told how long a caption may be, if somebody says so', async () => {
  good('sagemaker')
  const settings = vendors.sagemaker!.settings
  await ask(settings(provider.url), { apiKey: 'AKIAEXAMPLE:secret-0123' })
  await ask(settings(provider.url, { maxTokens: 30 }), { apiKey: 'AKIAEXAMPLE:secret-0123' })
  expect(requests().map(({ json }) => json.parameters)).toEqual([undefined, { max_new_tokens: 30 }])
})

test.each([
  ['a list', [{ generated_text: 'a teal card' }]],
  ['an object', { generated_text: 'a teal card' }],
])('a captioning model of Hugging Face may answer with %s', async (_case, body) => {
  provider.answer({ body })
  const settings = { kind: 'huggingface', endpointUrl: provider.url, models: ['Salesforce/blip'] }
  expect((await ask(settings)).text).toBe('a teal card')
})

/** As if this machine's server were the hosts of Hugging Face. */
const asHuggingFace: typeof globalThis.fetch = (input, init) =>
  fetch(String(input).replace(/^https:\/\/(router\.)?huggingface\.co/, provider.url), init)

test('the router of Hugging Face is asked for a model, with its token', async () => {
  good('a chat of Hugging Face')
  const settings = { kind: 'huggingface', models: ['Qwen/Qwen3-VL-8B-Instruct'] }
  const options = { apiKey: 'hf_0123456789', fetch: asHuggingFace }
  expect(await build(settings, options)).toMatchObject({ sendsPixelsTo: 'router.huggingface.co' })
  await ask(settings, options)
  const [request, ...others] = requests()
  expect(request).toMatchObject({
    url: '/v1/chat/completions',
    headers: { authorization: 'Bearer hf_0123456789' },
    json: { model: 'Qwen/Qwen3-VL-8B-Instruct', max_tokens: 200, temperature: 0.7, top_p: 0.95 },
  })
  expect(others).toEqual([])
})

test('a provider behind the router of Hugging Face is named with the model', async () => {
  good('a chat of Hugging Face')
  const settings = { kind: 'huggingface', models: ['Qwen/Qwen3-VL'], provider: 'together' }
  await ask(settings, { apiKey: 'hf_0123456789', fetch: asHuggingFace })
  expect(requests()).toMatchObject([
    { url: '/v1/chat/completions', json: { model: 'Qwen/Qwen3-VL:together' } },
  ])
})

test("a captioning model is asked for at Hugging Face's own servers", async () => {
  provider.answer({ body: [{ generated_text: 'a' }] })
  const settings = { kind: 'huggingface', models: ['me/blip'] }
  await ask(settings, { apiKey: 'hf_0123456789', fetch: asHuggingFace })
  expect(provider.requests).toMatchObject([
    {
      url: '/hf-inference/models/me/blip',
      headers: { authorization: 'Bearer hf_0123456789', 'content-type': 'image/jpeg' },
    },
  ])
})

test('a token of somebody else is not sent to Hugging Face', async () => {
  good('a chat of Hugging Face')
  const settings = { kind: 'huggingface', models: ['Qwen/Qwen3-VL-8B-Instruct'] }
  const asked = ask(settings, { apiKey: 'sk-0123456789', fetch: asHuggingFace })
  await expect(asked).rejects.toMatchObject({ outcome: 'bad-key' })
  expect(requests()).toEqual([])
})

test('a provider and an endpoint of Hugging Face exclude each other', async () => {
  const both = { provider: 'together', endpointUrl: 'https://example.org' }
  const settings = { kind: 'huggingface', models: ['eyes'], ...both }
  await expect(build(settings)).rejects.toThrow(/exclude each other/)
})
