import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const ruleOf = (text: string, language = 'en') => {
  const verdict = checkReply({ text }, { style: 'creative', language })
  return verdict.kind === 'fail' ? verdict.rule : undefined
}

test.each([
  ['!!!!!!!!!!!!!!!!!!!!', 'en'],
  ['A dog. A dog. A dog. A dog. A dog. A dog.', 'en'],
  ['A man stands at a counter. A man stands at a counter. A man stands at a counter.', 'en'],
  [
    'Light pours over the hills, light pours over the fields, light pours over the hills, light pours over the fields, light pours over the hills',
    'en',
  ],
  ['一只狗在草地上，一只狗在草地上，一只狗在草地上，一只狗在草地上', 'zh'],
])('finds the loop in %j', (text, language) => {
  expect(ruleOf(text, language)).toBe('repetition')
})

test.each([
  'Wheels within wheels within wheels, the shop window glitters.',
  'Tick, tock, tick, tock: a hundred cuckoo clocks hold their breath.',
  'One red cup, one blue cup, one green cup and one yellow cup.',
  'A T-shirt reads "no no no no no no no no".',
])('finds style in %j', (text) => {
  expect(ruleOf(text)).toBeUndefined()
})
