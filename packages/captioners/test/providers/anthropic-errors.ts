import { ANSWERED_AT, type ErrorCase } from './error-case.ts'

const anthropic = (status: number, type: string, message: string) => ({
  status,
  body: { type: 'error', error: { type, message }, request_id: 'req_1' },
})

const message = (stop_reason: string, content: object[]) => ({
  body: {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'eyes',
    content,
    stop_reason,
    usage: { input_tokens: 90, output_tokens: 7 },
  },
})

export const anthropicErrors: Record<string, ErrorCase[]> = {
  anthropic: [
    [
      'a wrong key',
      anthropic(401, 'authentication_error', 'invalid x-api-key'),
      { outcome: 'bad-key' },
    ],
    [
      'no credit, which has status 400',
      anthropic(
        400,
        'invalid_request_error',
        'Your credit balance is too low to access the Anthropic API.',
      ),
      { outcome: 'bad-key', says: /no credit left/ },
    ],
    ['no such model', anthropic(404, 'not_found_error', 'model: eyes'), { outcome: 'bad-request' }],
    [
      'a limit, told by its reset',
      {
        ...anthropic(429, 'rate_limit_error', 'This request would exceed your rate limit.'),
        headers: {
          'anthropic-ratelimit-requests-remaining': '3',
          'anthropic-ratelimit-requests-reset': new Date(ANSWERED_AT + 5000).toISOString(),
          'anthropic-ratelimit-input-tokens-remaining': '0',
          'anthropic-ratelimit-input-tokens-reset': new Date(ANSWERED_AT + 60_000).toISOString(),
        },
      },
      { outcome: 'rate-limited', retryAfterMs: 60_000 },
    ],
    [
      'a limit, told by a date',
      {
        ...anthropic(429, 'rate_limit_error', 'Slow down.'),
        headers: { 'retry-after': new Date(ANSWERED_AT + 20_000).toUTCString() },
      },
      { outcome: 'rate-limited', retryAfterMs: 20_000 },
    ],
    [
      'a request that is too large',
      anthropic(413, 'request_too_large', 'Request exceeds the maximum size'),
      { outcome: 'too-large' },
    ],
    [
      'an image that is too large',
      anthropic(
        400,
        'invalid_request_error',
        'messages.0.content.0.image.source.base64: image exceeds 5 MB maximum: 6291456 bytes > 5242880 bytes',
      ),
      { outcome: 'too-large' },
    ],
    [
      'an image that it cannot read',
      anthropic(400, 'invalid_request_error', 'Could not process image'),
      { outcome: 'unsupported-image' },
    ],
    ['an overload', anthropic(529, 'overloaded_error', 'Overloaded'), { outcome: 'unreachable' }],
    ['a server error', anthropic(500, 'api_error', 'Internal error'), { outcome: 'unreachable' }],
    ['a refusal', message('refusal', [{ type: 'text', text: 'I will' }]), { outcome: 'refused' }],
    ['no content', message('end_turn', []), { outcome: 'empty' }],
    [
      'thoughts only',
      message('max_tokens', [{ type: 'thinking', thinking: 'Hm.', signature: 's' }]),
      { outcome: 'empty', says: /Raise maxTokens/ },
    ],
  ],
}
