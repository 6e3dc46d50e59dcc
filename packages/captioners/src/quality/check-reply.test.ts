import { expect, test } from 'vitest'
import { checkReply } from './check-reply.ts'

const concise = { style: 'concise' } as const

test('a caption passes as it is', () => {
  expect(checkReply({ text: 'Two dogs on a lawn.' }, concise)).toEqual({
    kind: 'pass',
    text: 'Two dogs on a lawn.',
    repairs: [],
  })
})

test('a wrapped caption passes without its wrapping, and the verdict names the repairs', () => {
  const text = 'Sure! Here is a caption:\n\n"two dogs on a lawn."\n\nLet me know if you need more!'

  expect(checkReply({ text }, concise)).toEqual({
    kind: 'pass',
    text: 'Two dogs on a lawn.',
    repairs: ['opening', 'closing', 'quotes', 'capital'],
  })
})

test.each([
  { text: '""', outcome: 'empty', rule: 'empty' },
  { text: "I'm sorry, I can't help with that.", outcome: 'refused', rule: 'refusal' },
  { text: '502 Bad Gateway', outcome: 'bad-answer', rule: 'error-text' },
  { text: 'A dog walks along the', outcome: 'truncated', rule: 'cut-off' },
  { text: 'a dog dog dog dog dog dog dog dog', outcome: 'unfit', rule: 'repetition' },
  { text: 'Of course! Here it is:', outcome: 'unfit', rule: 'boilerplate' },
  { text: '<think>A dog. Or', outcome: 'unfit', rule: 'leak' },
  { text: 'Ein Hund auf einer Wiese.', outcome: 'unfit', rule: 'language' },
  { text: '- a dog\n- a ball', outcome: 'unfit', rule: 'format' },
])('"$text" ends as $outcome', ({ text, outcome, rule }) => {
  expect(checkReply({ text }, concise)).toMatchObject({ kind: 'fail', outcome, rule })
})

test('a loop that ran into the limit is a loop, not a cut-off', () => {
  const text = 'white icing, white icing, white icing, white icing, white icing, white'

  expect(checkReply({ text, finish: 'length' }, concise)).toMatchObject({ rule: 'repetition' })
})

test('a refusal in another language than the one asked for is a refusal', () => {
  const text = 'Sorry, I cannot describe this image.'

  expect(checkReply({ text }, { style: 'concise', language: 'de' })).toMatchObject({
    rule: 'refusal',
  })
})

test('a text far too long is not looked into', () => {
  const words = Array.from({ length: 5000 }, (_, index) => `word${index}`)

  expect(checkReply({ text: words.join(' ') }, concise)).toMatchObject({ rule: 'length' })
})

test('long thinking before a caption does not make it too long', () => {
  const text = `<think>${'A dog or a fox? '.repeat(3000)}</think>\n\nA fox on a lawn.`

  expect(checkReply({ text }, concise)).toMatchObject({ kind: 'pass', text: 'A fox on a lawn.' })
})

/** Each would take minutes with a careless pattern; the time limit of a test is what they prove. */
test.each([' ', '\n', '(', '[', '{', '"', "'", '“', '<', '<think>', 'a ', 'Sure! ', 'I can ', '*'])(
  'survives 200 kB of %j',
  (unit) => {
    for (const size of [19_000, 200_000]) {
      const text = `A dog ${unit.repeat(size / unit.length)}x`
      expect(() => checkReply({ text }, concise)).not.toThrow()
    }
  },
)
