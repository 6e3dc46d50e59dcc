import type { ErrorCase } from './error-case.ts'

const google = (code: number, status: string, message: string, details: object[] = []) => ({
  status: code,
  body: { error: { code, message, status, details } },
})

const candidate = (finishReason: string, parts: object[] = []) => ({
  body: { candidates: [{ content: { role: 'model', parts }, finishReason, index: 0 }] },
})

export const googleErrors: Record<string, ErrorCase[]> = {
  google: [
    [
      'a wrong key, which has status 400',
      google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
        {
          '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
          reason: 'API_KEY_INVALID',
          domain: 'googleapis.com',
        },
      ]),
      { outcome: 'bad-key' },
    ],
    [
      'an expired key',
      google(400, 'INVALID_ARGUMENT', 'API key expired. Please renew the API key.'),
      { outcome: 'bad-key' },
    ],
    ['no permission', google(403, 'PERMISSION_DENIED', 'No.'), { outcome: 'bad-key' }],
    [
      'no such model',
      google(404, 'NOT_FOUND', 'models/eyes is not found for API version v1beta'),
      { outcome: 'bad-request', says: /models\/eyes is not found/ },
    ],
    [
      'a quota that comes back, in the words of one that does not',
      google(
        429,
        'RESOURCE_EXHAUSTED',
        'You exceeded your current quota, please check your plan and billing details.',
        [
          { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [] },
          { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.5s' },
        ],
      ),
      { outcome: 'rate-limited', retryAfterMs: 34_500 },
    ],
    [
      'an image that it cannot process',
      google(400, 'INVALID_ARGUMENT', 'Unable to process input image. Please retry or report.'),
      { outcome: 'unsupported-image' },
    ],
    [
      'a request that is too large',
      google(400, 'INVALID_ARGUMENT', 'Request payload size exceeds the limit: 20971520 bytes.'),
      { outcome: 'too-large' },
    ],
    [
      'an overloaded model',
      google(503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'),
      { outcome: 'unreachable' },
    ],
    [
      'a blocked image',
      { body: { promptFeedback: { blockReason: 'SAFETY', safetyRatings: [] } } },
      { outcome: 'blocked' },
    ],
    [
      'an image blocked for a reason that is not told',
      { body: { candidates: [], promptFeedback: { blockReason: 'OTHER' } } },
      { outcome: 'blocked' },
    ],
    ['a blocked answer', candidate('SAFETY'), { outcome: 'blocked' }],
    ['a recited answer', candidate('RECITATION', [{ text: 'A' }]), { outcome: 'blocked' }],
    [
      'thoughts only',
      candidate('MAX_TOKENS', [{ text: 'Hm.', thought: true }]),
      { outcome: 'empty', says: /Raise maxTokens/ },
    ],
    ['no candidates', { body: { usageMetadata: {} } }, { outcome: 'empty' }],
  ],
}
