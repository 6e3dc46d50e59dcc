import { expect, test } from 'vitest'
import { didYouMean, findSimilar } from './find-similar.ts'

const commands = ['caption', 'score', 'data', 'train', 'evaluate', 'bench', 'models', 'serve']

test.each([
  ['capton', 'caption'],
  ['captoin', 'caption'],
  ['Caption', 'caption'],
  ['captions', 'caption'],
  ['eval', 'evaluate'],
  ['model', 'models'],
  ['sevre', 'serve'],
  ['dtaa', 'data'],
  ['sc', 'score'],
  ['photo.jpg', undefined],
  ['s', undefined],
  ['', undefined],
])('%s is probably %s', (word, meant) => {
  expect(findSimilar(word, commands)).toBe(meant)
})

test('a guess is a question, and without one there is none', () => {
  expect(didYouMean('capton', commands)).toBe(' Did you mean caption?')
  expect(didYouMean('xyz', commands)).toBe('')
})
