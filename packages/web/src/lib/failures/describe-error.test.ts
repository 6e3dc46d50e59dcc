import { ApiError } from '@descry/contract'
import { expect, test } from 'vitest'
import { describeError, isOutage } from './describe-error.ts'

test("the server's own message is shown", () => {
  const error = new ApiError(422, 'corrupt-image', 'The file ends after 12 of 400 rows.')
  expect(describeError(error)).toEqual({
    title: 'The image is damaged.',
    detail: 'The file ends after 12 of 400 rows.',
  })
})

test.each([
  ['a full disk', new ApiError(507, 'storage-full', 'Full.'), true],
  ['a stopping server', new ApiError(503, 'stopping', 'Stopping.'), true],
  ['no answer', new TypeError('Failed to fetch'), true],
  [
    'a proxy that answers for a server that is down',
    new ApiError(502, 'unreadable-answer', ''),
    true,
  ],
  ['a failed captioner', new ApiError(502, 'captioner-failed', 'No.'), false],
  ['a bad image', new ApiError(422, 'corrupt-image', 'Bad.'), false],
])('%s: does it concern the whole server?', (_case, error, expected) => {
  expect(isOutage(error)).toBe(expected)
})
