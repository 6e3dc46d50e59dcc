import { expect, test } from 'vitest'
import { UNKNOWN } from '../../tokenizer/vocabulary.ts'
import { countCaptions } from './count-captions.ts'

test('counts unknown words, captions that are cut, and texts without spaces', () => {
  const image = { id: 'a', file: 'a', split: 'train', index: 0 } as const
  const images = [
    { image: { ...image, captions: ['a b c', 'a'] }, captions: [[4, UNKNOWN, 5], [4]], labels: [] },
    { image: { ...image, captions: ['一只狗在草地上'] }, captions: [[4, 5, 6, 7]], labels: [] },
  ]
  expect(countCaptions({ images }, { length: 4 })).toEqual({
    ...{ captions: 3, words: 8, unknown: 1, cut: 1, longest: 4, unspaced: 1 },
  })
})
