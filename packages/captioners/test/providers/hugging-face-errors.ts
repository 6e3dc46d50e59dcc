import type { ErrorCase } from './error-case.ts'
import { makeCompletion } from './make-completion.ts'

export const huggingFaceErrors: Record<string, ErrorCase[]> = {
  'a chat of Hugging Face': [
    [
      'a wrong key',
      { status: 401, body: { error: 'Invalid username or password.' } },
      { outcome: 'bad-key' },
    ],
    [
      'credits used up',
      {
        status: 402,
        body: { error: 'You have exceeded your monthly included credits for Inference Providers.' },
      },
      { outcome: 'bad-key', says: /no credit left/ },
    ],
    [
      'a model that no provider has',
      {
        status: 400,
        body: {
          error: {
            message:
              "The requested model 'eyes' is not supported by any provider you have enabled.",
            type: 'invalid_request_error',
            code: 'model_not_supported',
          },
        },
      },
      { outcome: 'bad-request', says: /not supported by any provider/ },
    ],
    [
      'an endpoint that still starts',
      { status: 503, body: { error: 'Service Unavailable' } },
      { outcome: 'unreachable' },
    ],
    [
      'a page of a paused endpoint',
      { status: 400, headers: { 'content-type': 'text/plain' }, body: 'Endpoint is paused' },
      { outcome: 'bad-request', says: /400: Endpoint is paused/ },
    ],
    ['a refusal', makeCompletion({ content: null, refusal: 'No.' }), { outcome: 'refused' }],
    ['no text', makeCompletion({ content: null }), { outcome: 'empty' }],
    ['another JSON', { body: { hello: 1 } }, { outcome: 'bad-answer' }],
  ],

  'a captioning model of Hugging Face': [
    [
      'a model that still loads',
      { status: 503, body: { error: 'Model is currently loading', estimated_time: 20 } },
      { outcome: 'unreachable', retryAfterMs: 20_000, says: /currently loading/ },
    ],
    ['another task', { body: [{ label: 'dog', score: 0.9 }] }, { outcome: 'bad-answer' }],
    ['an empty caption', { body: { generated_text: '' } }, { outcome: 'empty' }],
  ],
}
