import { CaptionerSettings, type Sampling } from '@descry/contract'
import type { ReceivedRequest } from './start-provider.ts'

/** What one vendor's wire format looks like, from the server's side. */
export type Vendor = {
  settings: (url: string, sampling?: Sampling) => CaptionerSettings
  key: string
  /** Where the key is, or for AWS its public half. */
  keyIn: (request: ReceivedRequest) => string | undefined
  path: string
  /** In base64; absent: the body is the image. */
  imageIn?: (body: Body) => string
  promptIn?: (body: Body) => string
  samplingIn?: (body: Body) => object
  good: (text: string) => unknown
  /** Of 200 tokens asked for and 7 written. */
  usage?: { inputTokens: number; outputTokens: number }
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes, read where it is expected
type Body = any

const settings = (settings: object, sampling: Sampling = {}) =>
  CaptionerSettings.parse({ name: 'mine', timeoutSeconds: 5, sampling, ...settings })

const bearer = ({ headers }: ReceivedRequest) => headers.authorization?.replace('Bearer ', '')
const header = (name: string) => (request: ReceivedRequest) => request.headers[name]?.toString()
const accessKey = ({ headers }: ReceivedRequest) =>
  headers.authorization?.match(/^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d+\/eu-central-1\//)?.[1]

const usage = { inputTokens: 90, outputTokens: 7 }

const completion = (text: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_760_000_000,
  model: 'eyes',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: text, refusal: null },
      finish_reason: 'stop',
    },
  ],
  usage: { prompt_tokens: 90, completion_tokens: 7, total_tokens: 97 },
})

const ofDataUrl = (body: Body) => {
  const { url } = body.messages[0].content[0].image_url
  return url.replace('data:image/jpeg;base64,', '')
}

const generatedText = (text: string) => [{ generated_text: text }]

export const vendors: Record<string, Vendor> = {
  'openai-compatible': {
    settings: (url, sampling) =>
      settings(
        { kind: 'openai-compatible', baseUrl: `${url}/v1/`, models: ['eyes', 'more-eyes'] },
        sampling,
      ),
    key: 'sk-proj-0123456789abcdef',
    keyIn: bearer,
    path: '/v1/chat/completions',
    imageIn: ofDataUrl,
    promptIn: (body) => body.messages[0].content[1].text,
    samplingIn: ({ temperature, top_p, max_tokens }) => ({ temperature, top_p, max_tokens }),
    good: completion,
    usage,
  },

  google: {
    settings: (url, sampling) =>
      settings(
        { kind: 'google', baseUrl: `${url}/v1beta`, models: ['eyes', 'more-eyes'] },
        sampling,
      ),
    key: 'AIzaSyA0123456789-abcdefgh',
    keyIn: header('x-goog-api-key'),
    path: '/v1beta/models/eyes:generateContent',
    imageIn: (body) => body.contents[0].parts[0].inlineData.data,
    promptIn: (body) => body.contents[0].parts[1].text,
    samplingIn: (body) => body.generationConfig,
    good: (text) => ({
      candidates: [
        { content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 },
      ],
      usageMetadata: { promptTokenCount: 90, candidatesTokenCount: 7, totalTokenCount: 97 },
      modelVersion: 'eyes',
      responseId: 'r1',
    }),
    usage,
  },

  anthropic: {
    settings: (url, sampling) =>
      settings(
        { kind: 'anthropic', baseUrl: `${url}/v1`, models: ['eyes', 'more-eyes'] },
        sampling,
      ),
    key: 'sk-ant-api03-0123456789',
    keyIn: header('x-api-key'),
    path: '/v1/messages',
    imageIn: (body) => body.messages[0].content[0].source.data,
    promptIn: (body) => body.messages[0].content[1].text,
    samplingIn: ({ temperature, top_k, max_tokens }) => ({ temperature, top_k, max_tokens }),
    good: (text) => ({
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'eyes',
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 90, output_tokens: 7 },
    }),
    usage,
  },

  bedrock: {
    settings: (url, sampling) =>
      settings(
        { kind: 'bedrock', baseUrl: url, region: 'eu-central-1', models: ['eyes', 'more-eyes'] },
        sampling,
      ),
    key: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY:c2Vzc2lvbi10b2tlbg==',
    keyIn: accessKey,
    path: '/model/eyes/converse',
    imageIn: (body) => body.messages[0].content[0].image.source.bytes,
    promptIn: (body) => body.messages[0].content[1].text,
    samplingIn: (body) => body.inferenceConfig,
    good: (text) => ({
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 90, outputTokens: 7, totalTokens: 97 },
      metrics: { latencyMs: 800 },
    }),
    usage,
  },

  sagemaker: {
    settings: (url, sampling) =>
      settings(
        { kind: 'sagemaker', baseUrl: url, region: 'eu-central-1', endpoint: 'eyes' },
        sampling,
      ),
    key: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    keyIn: accessKey,
    path: '/endpoints/eyes/invocations',
    imageIn: (body) => body.inputs,
    good: generatedText,
  },

  rekognition: {
    settings: (url, sampling) =>
      settings({ kind: 'rekognition', baseUrl: url, region: 'eu-central-1' }, sampling),
    key: 'AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    keyIn: accessKey,
    path: '/',
    imageIn: (body) => body.Image.Bytes,
    good: (text) => ({
      Labels: [{ Name: text.replace('.', ''), Confidence: 98.5, Instances: [], Parents: [] }],
      LabelModelVersion: '3.0',
    }),
  },

  'a chat of Hugging Face': {
    settings: (url, sampling) =>
      settings({ kind: 'huggingface', endpointUrl: url, models: ['eyes', 'more-eyes'] }, sampling),
    key: 'hf_0123456789abcdefghijkl',
    keyIn: bearer,
    path: '/v1/chat/completions',
    imageIn: ofDataUrl,
    promptIn: (body) => body.messages[0].content[1].text,
    samplingIn: ({ temperature, top_p, max_tokens }) => ({ temperature, top_p, max_tokens }),
    good: completion,
    usage,
  },

  'a captioning model of Hugging Face': {
    settings: (url, sampling) =>
      settings(
        {
          kind: 'huggingface',
          endpointUrl: `${url}/models/blip`,
          models: ['Salesforce/blip-base'],
        },
        sampling,
      ),
    key: 'hf_0123456789abcdefghijkl',
    keyIn: bearer,
    path: '/models/blip',
    good: generatedText,
  },
}
