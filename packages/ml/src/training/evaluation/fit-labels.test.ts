import { describe, expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { findThreshold, fitLabels, measureLabels } from './fit-labels.ts'

/** Images, half of them of dogs, in the words of people; the model's labels fit as well as said. */
function makeImages(count: number, probabilitiesOf: (isDog: boolean) => number[]) {
  return Array.from({ length: count }, (_, i) => {
    const isDog = i % 2 === 0
    return {
      labelProbabilities: Float32Array.from(probabilitiesOf(isDog)),
      references: isDog ? ['two dogs are running down the hill'] : ['a man sits on a bench'],
    }
  })
}

test('forms of a word are one label, shown from where they are right often enough', () => {
  const labels = ['dog', 'dogs', 'run', 'running']
  const images = makeImages(40, (isDog) => (isDog ? [0.25, 0.75, 0.5, 0.25] : [0.5, 0.25, 0.25, 0]))
  expect(fitLabels(labels, images)).toEqual([
    { word: 'dog', members: [0, 1], threshold: 0.75 },
    { word: 'running', members: [2, 3], threshold: 0.5 },
  ])
})

test('words that name nothing to be seen are not shown, however right they are', () => {
  const labels = ['down', 'the', 'two', 'hill']
  const images = makeImages(40, (isDog) => Array(4).fill(isDog ? 1 : 0))
  expect(fitLabels(labels, images).map(({ word }) => word)).toEqual(['hill'])
})

test('labels that are wrong, never occur or stand under too few pictures are not shown', () => {
  const random = createRandom(3)
  const noise = makeImages(40, () => [random() / 2, random()])
  expect(fitLabels(['cat', 'zebra'], noise)).toEqual([])
  const few = makeImages(8, (isDog) => [isDog ? 1 : 0])
  expect(fitLabels(['dog'], few)).toEqual([])
})

describe('a threshold', () => {
  const from = (pairs: [probability: number, isRight: number][]) =>
    findThreshold(pairs.map(([probability, isRight]) => ({ probability, isRight: isRight === 1 })))
  const times = (count: number, probability: number, isRight: number) =>
    Array.from({ length: count }, (): [number, number] => [probability, isRight])

  test('is the lowest at which the label is more likely right than wrong', () => {
    const seen = [...times(40, 0.9, 1), ...times(20, 0.6, 1), ...times(10, 0.6, 0)]
    expect(from([...seen, ...times(5, 0.3, 1), ...times(40, 0.3, 0)])).toBe(0.6)
  })

  test('is not lowered by labels that are right above it', () => {
    // Shown from 0.4 on, 50 of 70 would be right; but at 0.4 itself none is.
    const seen = [...times(50, 0.9, 1), ...times(20, 0.4, 0), ...times(60, 0.1, 0)]
    expect(from(seen)).toBe(0.9)
  })

  test('does not come between pictures of equal probability', () => {
    expect(from([...times(10, 0.5, 1), ...times(10, 0.5, 0)])).toBeUndefined()
  })

  test('needs more than half right, where few pictures are seen', () => {
    expect(from([...times(6, 0.5, 1), ...times(4, 0.5, 0)])).toBeUndefined()
    expect(from([...times(600, 0.5, 1), ...times(400, 0.5, 0)])).toBe(0.5)
  })

  test('is found where the network is certain, of right labels and of wrong ones', () => {
    expect(from([...times(10, 1, 1), ...times(10, 0, 0)])).toBe(1)
    expect(from(times(10, 1, 1))).toBe(1)
    expect(from(times(10, 1, 0))).toBeUndefined()
  })
})

test('what is shown is measured by word and by picture', () => {
  const references = ['a man runs', 'the men run']
  const shown = [
    { labels: [{ word: 'man' }, { word: 'running' }], references },
    { labels: [{ word: 'man' }, { word: 'dog' }], references },
    { labels: [], references },
    { labels: [{ word: 'man' }], references: ['a cat'] },
  ]
  expect(measureLabels(shown)).toEqual({
    labelPrecision: 3 / 5,
    reliableLabels: 2 / 3,
    labelsPerImage: 5 / 4,
  })
  expect(measureLabels([])).toEqual({ labelPrecision: 0, reliableLabels: 0, labelsPerImage: 0 })
})
