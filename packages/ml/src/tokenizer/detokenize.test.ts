import { expect, test } from 'vitest'
import { tokenizeCaptions } from '../metrics/ptb/tokenize-captions.ts'
import { detokenize, toTokens } from './detokenize.ts'
import { END } from './vocabulary.ts'

test.each([
  ["a man 's dogs do n't run", "a man's dogs don't run"],
  ["he ca n't and wo n't", "he can't and won't"],
  ["i 'm sure we 're where they 've been", "i'm sure we're where they've been"],
  ["she 'll say he 'd", "she'll say he'd"],
  ["the dogs ' tails", "the dogs ' tails"],
  ["a 'sunny day 'mid clouds", "a 'sunny day 'mid clouds"],
  ["n't here", "n't here"],
  ["rock 'n' roll", "rock 'n' roll"],
  ['', ''],
])('%j is spelt %j', (tokens, text) => {
  expect(detokenize(tokens)).toBe(text)
})

test.each(["a man's dogs don't run", "they're sure it can't be she'll've"])(
  '%j is tokenized and spelt back',
  (text) => {
    expect(detokenize(tokenizeCaptions([text])[0]!)).toBe(text)
  },
)

test('tokens go up to the end mark', () => {
  const words = ['<pad>', '<start>', '<end>', '<unknown>', 'a', 'dog']
  expect(toTokens(words, [4, 5, END, 4])).toBe('a dog')
  expect(toTokens(words, [4, 5])).toBe('a dog')
  expect(toTokens(words, [END])).toBe('')
})
