import { expect, test } from 'vitest'
import { selectLabels } from './select-labels.ts'

const labels = ['dog', 'dogs', 'down', 'grass']
const shownLabels = [
  { word: 'dog', members: [0, 1], threshold: 0.5 },
  { word: 'grass', members: [3], threshold: 0.125 },
]
const show = (probabilities: number[], model: Parameters<typeof selectLabels>[1]) =>
  selectLabels(Float32Array.from(probabilities), model)

test('a word is shown from its threshold on, with the largest probability of its forms', () => {
  expect(show([0.25, 0.75, 1, 0.125], { labels, shownLabels })).toEqual([
    { word: 'dog', probability: 0.75 },
    { word: 'grass', probability: 0.125 },
  ])
})

test('what is below its threshold or has none is not shown', () => {
  expect(show([0.25, 0.375, 1, 0.0625], { labels, shownLabels })).toEqual([])
})

test('a model without thresholds shows what is more probable than not, most probable first', () => {
  expect(show([0.5, 0.25, 0.75, 0.375], { labels, shownLabels: null })).toEqual([
    { word: 'down', probability: 0.75 },
    { word: 'dog', probability: 0.5 },
  ])
})

test('at most ten are shown', () => {
  const many = Array.from({ length: 12 }, (_, i) => `word${i}`)
  const shown = show(
    many.map((_, i) => 0.9 - i / 100),
    { labels: many, shownLabels: null },
  )
  expect(shown.map(({ word }) => word)).toEqual(many.slice(0, 10))
})
