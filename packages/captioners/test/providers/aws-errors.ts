import type { ErrorCase } from './error-case.ts'

const aws = (status: number, type: string, message: string, headers: object = {}) => ({
  status,
  headers: { 'x-amzn-errortype': `${type}:http://internal.amazon.com/`, ...headers },
  body: { __type: type, message },
})

const converse = (stopReason: string, content: object[]) => ({
  body: {
    output: { message: { role: 'assistant', content } },
    stopReason,
    usage: { inputTokens: 90, outputTokens: 7, totalTokens: 97 },
  },
})

export const awsErrors: Record<string, ErrorCase[]> = {
  bedrock: [
    [
      'an expired key',
      aws(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
      { outcome: 'bad-key' },
    ],
    [
      'a model without permission',
      aws(403, 'AccessDeniedException', "You don't have access to the model."),
      { outcome: 'bad-key', says: /right to use this model/ },
    ],
    [
      'no such model',
      aws(400, 'ValidationException', 'The provided model identifier is invalid.'),
      { outcome: 'bad-request', says: /identifier is invalid/ },
    ],
    [
      'an image that it cannot read',
      aws(
        400,
        'ValidationException',
        'The model returned the following errors: Could not process image',
      ),
      { outcome: 'unsupported-image' },
    ],
    [
      'a limit',
      aws(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
      { outcome: 'rate-limited' },
    ],
    [
      'a quota, which has status 400',
      aws(400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota.'),
      { outcome: 'rate-limited' },
    ],
    [
      'a model that was too slow',
      aws(408, 'ModelTimeoutException', 'The model timed out.'),
      { outcome: 'unreachable' },
    ],
    [
      'a model that failed',
      aws(424, 'ModelErrorException', 'It failed.'),
      { outcome: 'unreachable' },
    ],
    ['a guardrail', converse('guardrail_intervened', [{ text: 'Sorry.' }]), { outcome: 'blocked' }],
    ['a filtered answer', converse('content_filtered', [{ text: 'A' }]), { outcome: 'blocked' }],
    ['a refusal', converse('refusal', [{ text: 'A' }]), { outcome: 'refused' }],
    ['no text', converse('end_turn', []), { outcome: 'empty' }],
  ],

  sagemaker: [
    [
      'no such endpoint',
      aws(400, 'ValidationError', 'Endpoint eyes of account 123456789012 not found.'),
      { outcome: 'bad-request', says: /Endpoint eyes of account/ },
    ],
    [
      'an image that the container cannot read',
      {
        ...aws(424, 'ModelError', ''),
        body: {
          ErrorCode: 'CLIENT_ERROR_FROM_MODEL',
          Message: 'Received client error (400) from primary with message …',
          OriginalMessage:
            '{"code": 400, "type": "InternalServerException", "message": "cannot identify image file"}',
          OriginalStatusCode: 400,
        },
      },
      { outcome: 'unsupported-image', says: /400: cannot identify image file/ },
    ],
    [
      'a container that failed',
      {
        ...aws(424, 'ModelError', ''),
        body: { Message: 'from primary', OriginalMessage: 'CUDA error', OriginalStatusCode: 500 },
      },
      { outcome: 'unreachable', says: /500: CUDA error/ },
    ],
    ['a limit', aws(400, 'ThrottlingException', 'Rate exceeded'), { outcome: 'rate-limited' }],
    [
      'a wrong key',
      aws(403, 'UnrecognizedClientException', 'The security token is invalid.'),
      { outcome: 'bad-key' },
    ],
    [
      'labels instead of a caption',
      { body: [{ label: 'dog', score: 0.9 }] },
      { outcome: 'bad-answer' },
    ],
    ['an empty caption', { body: [{ generated_text: ' ' }] }, { outcome: 'empty' }],
  ],

  rekognition: [
    [
      'an image that is too large',
      aws(400, 'ImageTooLargeException', 'Image size too large.'),
      { outcome: 'too-large' },
    ],
    [
      'a format that it does not know',
      aws(400, 'InvalidImageFormatException', 'Request has invalid image format'),
      { outcome: 'unsupported-image' },
    ],
    [
      'a limit',
      aws(400, 'ProvisionedThroughputExceededException', 'Slow down.', { 'retry-after': '3' }),
      { outcome: 'rate-limited', retryAfterMs: 3000 },
    ],
    [
      'a wrong signature',
      aws(400, 'InvalidSignatureException', 'The request signature does not match.'),
      { outcome: 'bad-key' },
    ],
    ['a server error', aws(500, 'InternalServerError', 'Oops.'), { outcome: 'unreachable' }],
    ['nothing seen', { body: { Labels: [] } }, { outcome: 'empty', says: /leastConfidence/ }],
  ],
}
