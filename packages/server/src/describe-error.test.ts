import { expect, test } from 'vitest'
import { describeError } from './describe-error.ts'

test('what the queue tells, a plain object with a message, is described by its message', () => {
  const told = { message: 'connection lost', stack: 'Error: connection lost', queue: 'caption' }
  expect(describeError(told)).toEqual({ ...told, code: undefined })
})

test('anything else that was thrown is shown as it is', () => {
  expect(describeError({ reason: 7 })).toMatchObject({ message: '{ reason: 7 }' })
  expect(describeError('text')).toEqual({ message: 'text' })
  expect(describeError(undefined)).toEqual({ message: 'undefined' })
})
