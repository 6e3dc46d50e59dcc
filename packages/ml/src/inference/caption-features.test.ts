import { expect, test } from 'vitest'
import { measureCaption } from './caption-features.ts'

const words = {
  vocabulary: ['<pad>', '<start>', '<end>', '<unknown>', 'a', 'dogs', 'run', 'on', 'grass'],
  labels: ['dog', 'running', 'runs', 'sky'],
}
const measure = (text: string, probabilities: number[], logProbs = [-1, -2]) =>
  measureCaption(
    {
      tokens: text.split(' ').map((word) => words.vocabulary.indexOf(word)),
      logProbs,
      score: 0,
      ended: true,
    },
    Float32Array.from(probabilities),
    words,
  )

test('the words that are labels count, in any form, the rarer the more', () => {
  const { labelSupport, labelledWords } = measure('a dogs run on grass', [0.5, 0.25, 0.125, 1])
  const [dogs, run] = [Math.log(5) ** 2, Math.log(6) ** 2]
  expect(labelSupport).toBeCloseTo((0.5 * dogs + 0.25 * run) / (dogs + run), 12)
  expect(labelledWords).toBe(2)
})

test('a label that fits no word of the caption changes nothing', () => {
  expect(measure('dogs run', [0.5, 0.25, 0, 0])).toEqual(measure('dogs run', [0.5, 0.25, 0, 1]))
})

test('without any labelled word there is no support', () => {
  expect(measure('a on grass', [1, 1, 1, 1])).toEqual({
    meanLogProb: -1.5,
    labelSupport: 0,
    labelledWords: 0,
  })
})
