import { expect, test } from 'vitest'
import { readRetryAfter } from './read-retry-after.ts'

const now = Date.parse('2026-03-01T12:00:00Z')
const read = (headers: Record<string, string>, body = '') =>
  readRetryAfter({ headers: new Headers(headers), body, now })

test.each([
  ['seconds', { 'retry-after': '20' }, 20_000],
  ['parts of a second', { 'retry-after': '0.25' }, 250],
  ['a date', { 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30_000],
  ['a date that has passed', { 'retry-after': 'Sun, 01 Mar 2026 11:00:00 GMT' }, 0],
  ['milliseconds, which are finer', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
  ['more than a day, a mistake', { 'retry-after': '1e9'.replace('e9', '000000000') }, 86_400_000],
  ['the reset of one limit', { 'x-ratelimit-reset-requests': '6m0s' }, 360_000],
  ['a reset in milliseconds', { 'x-ratelimit-reset-tokens': '17ms' }, 17],
  ['a reset in parts', { 'x-ratelimit-reset-requests': '1d2h3m4.5s' }, 86_400_000],
  [
    'the soonest reset where no limit is said to be used up',
    { 'x-ratelimit-reset-requests': '8.64s', 'x-ratelimit-reset-tokens': '6m0s' },
    8640,
  ],
  [
    'the reset of the limit that is used up',
    {
      'x-ratelimit-remaining-requests': '10',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    },
    360_000,
  ],
  ['the reset as a date', { 'anthropic-ratelimit-tokens-reset': '2026-03-01T12:00:45Z' }, 45_000],
  ['nothing', {}, undefined],
  ['words', { 'retry-after': 'soon', 'x-ratelimit-reset-requests': 'later' }, undefined],
])('%s is read', (_case, headers, expected) => {
  expect(read(headers as Record<string, string>)).toBe(expected)
})

test.each([
  ['{"error":{"details":[{"@type":"…RetryInfo","retryDelay": "34.5s"}]}}', 34_500],
  ['{"error":"Model is currently loading","estimated_time":20.5}', 20_500],
  ['{"error":"oops"}', undefined],
])('%s tells it in the body', (body, expected) => {
  expect(read({}, body)).toBe(expected)
})
