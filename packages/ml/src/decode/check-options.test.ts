import { expect, test } from 'vitest'
import { checkOptions } from './check-options.ts'
import { decode } from './decode.ts'
import { DecodeError } from './decode-error.ts'
import { bigrams, END, randomTables, START } from './sample-models.ts'

const beam = { kind: 'beam', width: 3 }
const sample = { kind: 'sample', seed: 1 }

/** As options come from a caller whose types were not checked. */
const withMethod = (method: unknown, others: object = {}) =>
  JSON.parse(JSON.stringify({ images: 1, start: START, end: END, maxLength: 5, method, ...others }))

test.each([
  [{ ...beam, width: 0 }, 'width is 0; allowed is a whole number from 1.'],
  [{ ...beam, width: 2.5 }, 'width is 2.5'],
  [{ kind: 'beam' }, 'width is undefined'],
  [{ ...beam, count: 4 }, 'count is 4; allowed is at most width, 3.'],
  [{ ...beam, count: 0 }, 'count is 0'],
  [{ ...beam, earlyStop: 'never' }, 'earlyStop is "never"; allowed is true or false.'],
  [{ ...beam, lengthPenalty: 'x' }, 'lengthPenalty is "x"'],
  [{ ...beam, temperature: 1 }, 'beam has no option temperature; it has kind, '],
  [{ kind: 'greedy', width: 3 }, 'greedy has no option width'],
  [{ kind: 'diverse' }, 'kind is "diverse"; allowed is greedy, beam, sample.'],
  [{ kind: 'sample' }, 'seed is undefined'],
  [{ ...sample, temperature: 0 }, 'temperature is 0; allowed is a number above 0 (greedy'],
  [{ ...sample, topK: 0 }, 'topK is 0'],
  [{ ...sample, topP: 0 }, 'topP is 0; allowed is a number above 0 and at most 1.'],
  [{ ...sample, topP: 1.1 }, 'topP is 1.1'],
  [{ ...beam, repetition: { noRepeatNgram: 0 } }, 'noRepeatNgram is 0'],
  [{ ...beam, repetition: { penalty: -1 } }, 'penalty is -1; allowed is a number above 0.'],
  [{ ...beam, repetition: { never: true } }, 'repetition has no option never'],
  [{ ...beam, minLength: 6 }, 'minLength is 6; allowed is at most maxLength, 5.'],
  [{ ...beam, banned: [-1] }, 'banned is [-1]'],
  [{ ...beam, banned: [0, END] }, 'banned is [0,1]; allowed is without the end token 1'],
])('%j is refused', (method, message) => {
  expect(() => checkOptions(withMethod(method))).toThrow(DecodeError)
  expect(() => checkOptions(withMethod(method))).toThrow(message)
})

test.each([
  [{ maxLength: 0 }, 'maxLength is 0; allowed is a whole number from 1.'],
  [{ images: -1 }, 'images is -1'],
  [{ end: 0.5 }, 'end is 0.5'],
])('%j is refused, whatever the method', (others, message) => {
  expect(() => checkOptions(withMethod({ kind: 'greedy' }, others))).toThrow(message)
})

test('NaN is refused by its name', () => {
  const method = { kind: 'sample', seed: 1, temperature: NaN } as const
  expect(() => checkOptions({ images: 1, start: 0, end: 1, maxLength: 5, method })).toThrow(
    'temperature is NaN',
  )
})

test.each([
  [{ ...beam, width: 7 }, {}, "width is 7; allowed is at most the vocabulary's size, 6."],
  [{ ...sample, topK: 7 }, {}, 'topK is 7'],
  [{ ...beam, banned: [6] }, {}, 'banned is 6; allowed is tokens of the vocabulary, below 6.'],
  [beam, { end: 6 }, 'end is 6; allowed is a token of the vocabulary, below 6.'],
])('%j with %j is refused by a vocabulary of 6', async (method, others, message) => {
  const result = decode(bigrams(randomTables(1, 6, 1)), withMethod(method, others))
  await expect(result).rejects.toThrow(message)
})
