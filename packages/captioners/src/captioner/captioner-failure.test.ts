import { expect, test } from 'vitest'
import { CaptionerFailure } from './captioner-failure.ts'

test('what is kept of a reply can be stored: no NUL, no half of a character', () => {
  const { reply, message } = new CaptionerFailure('unfit', 'It said \0 nothing.', {
    reply: `a${'😀'.repeat(1500)}`,
  })
  expect(message).toBe('It said  nothing.')
  expect(reply?.isWellFormed()).toBe(true)
  expect(reply?.length).toBeLessThanOrEqual(2000)
})

test('a picture that a server sends back with its error is not kept', () => {
  const picture = Buffer.alloc(500, 7).toString('base64')
  const { reply } = new CaptionerFailure('bad-request', 'Refused.', {
    reply: `{"detail":"wrong","input":"data:image/jpeg;base64,${picture}"}`,
  })
  expect(reply).toBe('{"detail":"wrong","input":"[picture]"}')
})
