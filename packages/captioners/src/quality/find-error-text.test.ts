import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const ruleOf = (text: string) => {
  const verdict = checkReply({ text }, { style: 'alt' })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each([
  'Error: 500 Internal Server Error',
  '{"detail":"Not authenticated"}',
  '<html><body>503</body></html>',
  "KeyError: 'pixel_values'",
  'connect ECONNREFUSED 127.0.0.1:11434',
  'Rate limit exceeded. Try again in 20s.',
  'Erreur 504 : délai dépassé',
  '服务器繁忙，请稍后再试。',
])('takes %j for an error', (text) => {
  expect(ruleOf(text)).toBe('error-text')
})

test.each([
  'Departure board with "Error 503 – service unavailable"',
  'Error 404 page on a laptop screen',
  'Monitor with an error message on a blue background',
  'The server is busy pouring wine',
])('takes %j for a caption', (text) => {
  expect(ruleOf(text)).toBeUndefined()
})
