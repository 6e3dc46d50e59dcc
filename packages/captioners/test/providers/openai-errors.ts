import type { ErrorCase } from './error-case.ts'
import { makeCompletion } from './make-completion.ts'

const openai = (message: string, error: object = {}) => ({ error: { message, ...error } })

export const openaiErrors: Record<string, ErrorCase[]> = {
  'openai-compatible': [
    [
      'a wrong key',
      {
        status: 401,
        body: openai('Incorrect API key provided: sk-0********wxyz.', {
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        }),
      },
      { outcome: 'bad-key', says: /does not accept the key \(401: Incorrect API key/ },
    ],
    [
      'no such model',
      {
        status: 404,
        body: openai('The model `eyes` does not exist or you do not have access to it.', {
          type: 'invalid_request_error',
          code: 'model_not_found',
        }),
      },
      { outcome: 'bad-request', says: /does not exist/ },
    ],
    [
      'no credit, which no waiting brings back',
      {
        status: 429,
        body: openai(
          'You exceeded your current quota, please check your plan and billing details.',
          {
            type: 'insufficient_quota',
            code: 'insufficient_quota',
          },
        ),
      },
      { outcome: 'bad-key', says: /no credit left/ },
    ],
    [
      'a limit with the time of its end',
      {
        status: 429,
        headers: { 'retry-after-ms': '1500', 'retry-after': '2' },
        body: openai('Rate limit reached for gpt-4o-mini', {
          type: 'requests',
          code: 'rate_limit_exceeded',
        }),
      },
      { outcome: 'rate-limited', retryAfterMs: 1500 },
    ],
    [
      'a limit of tokens, told in headers only',
      {
        status: 429,
        headers: {
          'x-ratelimit-remaining-requests': '12',
          'x-ratelimit-reset-requests': '20ms',
          'x-ratelimit-remaining-tokens': '0',
          'x-ratelimit-reset-tokens': '1m30.5s',
        },
        body: openai('Rate limit reached', { type: 'tokens', code: 'rate_limit_exceeded' }),
      },
      { outcome: 'rate-limited', retryAfterMs: 90_500 },
    ],
    ['a limit and no more', { status: 429, body: '' }, { outcome: 'rate-limited' }],
    [
      "Azure's content filter",
      {
        status: 400,
        body: openai(
          "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
          { code: 'content_filter', param: 'prompt', status: 400 },
        ),
      },
      { outcome: 'blocked' },
    ],
    [
      'the moderation of OpenRouter',
      {
        status: 403,
        body: openai('Your input was flagged by moderation', {
          code: 403,
          metadata: { reasons: ['violence'], provider_name: 'OpenAI' },
        }),
      },
      { outcome: 'blocked' },
    ],
    [
      'credits used up at OpenRouter',
      { status: 402, body: openai('Insufficient credits', { code: 402 }) },
      { outcome: 'bad-key', says: /no credit left/ },
    ],
    [
      'an image that is none',
      {
        status: 400,
        body: openai(
          "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
          { type: 'invalid_request_error', code: 'image_parse_error' },
        ),
      },
      { outcome: 'unsupported-image' },
    ],
    [
      'a model of llama.cpp without eyes',
      {
        status: 500,
        body: openai(
          'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
          { code: 500, type: 'server_error' },
        ),
      },
      { outcome: 'bad-request', says: /does not look at images/ },
    ],
    [
      'the words of vLLM for what it does not know',
      {
        status: 400,
        body: {
          object: 'error',
          message: 'eyes is not a multimodal model',
          code: 400,
          type: 'BadRequestError',
        },
      },
      { outcome: 'bad-request', says: /does not look at images/ },
    ],
    [
      'the words of FastAPI',
      { status: 422, body: { detail: [{ loc: ['body', 'model'], msg: 'field required' }] } },
      { outcome: 'bad-request', says: /422: field required/ },
    ],
    [
      'a model that still loads',
      { status: 503, headers: { 'retry-after': '30' }, body: openai('Loading model') },
      { outcome: 'unreachable', retryAfterMs: 30_000 },
    ],
    ['a server that waited in vain', { status: 408, body: '' }, { outcome: 'unreachable' }],
    [
      'a stream of events that nobody asked for',
      {
        headers: { 'content-type': 'text/event-stream; charset=utf-8' },
        body: 'data: {"choices":[{"delta":{"content":"Teal"}}]}\n\ndata: [DONE]\n\n',
      },
      { outcome: 'bad-answer', says: /stream of events/ },
    ],
    [
      'a refusal',
      makeCompletion({ content: null, refusal: "I'm sorry, I can't assist with that." }),
      { outcome: 'refused' },
    ],
    [
      'a refusal without a reason for its end',
      makeCompletion({ content: null, refusal: 'No.' }, null),
      { outcome: 'refused' },
    ],
    [
      'a filtered answer',
      makeCompletion({ content: 'A' }, 'content_filter'),
      { outcome: 'blocked' },
    ],
    ['no text', makeCompletion({ content: '' }), { outcome: 'empty' }],
    [
      'thoughts apart and no answer',
      makeCompletion({ content: '', reasoning_content: 'Hm, teal.' }, 'length'),
      { outcome: 'empty', says: /Raise maxTokens/ },
    ],
    [
      'thoughts that were cut off',
      makeCompletion({ content: '<think>Hm, teal or' }, 'length'),
      { outcome: 'empty', says: /Raise maxTokens/ },
    ],
    [
      'a call of a tool',
      makeCompletion({ content: null, tool_calls: [] }, 'tool_calls'),
      { outcome: 'empty' },
    ],
    ['no choices', { body: { choices: [] } }, { outcome: 'bad-answer' }],
    [
      'an error of the model behind a router',
      { body: { error: { code: 502, message: 'Provider returned error' }, user_id: 'u' } },
      { outcome: 'unreachable', says: /Provider returned error/ },
    ],
  ],
}
