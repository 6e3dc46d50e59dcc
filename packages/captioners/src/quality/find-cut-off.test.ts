import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'
import type { Reply } from './fault.ts'

const ruleOf = (text: string, finish: Reply['finish'], language = 'en') => {
  const verdict = checkReply({ text, finish }, { style: 'concise', language })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each([
  ['A shepherd leads his flock through', 'en'],
  ['A girl next to a yellow sch', 'en'],
  ['A poster reads "Free concert this', 'en'],
  ['A dog on a lawn, a ball,', 'en'],
  ['Eine Frau gießt die', 'de'],
  ['男の子が赤いボールを', 'ja'],
])('a reply cannot end like %j', (text, language) => {
  expect(ruleOf(text, 'stop', language)).toBe('cut-off')
})

test.each([
  ['a park bench an old man has fallen asleep on', 'en'],
  ['A wall to lean against', 'en'],
  ['A room with the lights on', 'en'],
  ['Der Zug fährt in den Bahnhof ein', 'de'],
])('a caption may end like %j', (text, language) => {
  expect(ruleOf(text, 'stop', language)).toBeUndefined()
})

test('at the limit of tokens only a finished sentence counts', () => {
  expect(ruleOf('Two dogs on a lawn.', 'length')).toBeUndefined()
  expect(ruleOf('Two dogs on a lawn', 'length')).toBe('cut-off')
})

test('a training caption that was finished with a full stop is not cut off by losing it', () => {
  const reply = { text: 'photo of a kettle on a stove.', finish: 'length' } as const

  expect(checkReply(reply, { style: 'training' })).toMatchObject({ kind: 'pass' })
})
