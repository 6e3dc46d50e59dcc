import { expect, test } from 'vitest'
import { scoreCider } from '../../metrics/cider.ts'
import { findHumanCider } from './find-human-cider.ts'

const images = [
  { references: ['a brown dog runs', 'a dog runs', 'the grass'] },
  { references: ['two children swim', 'children swim in a pool'] },
  { references: ['a red bus', 'a bus waits', 'a red bus waits'] },
]

test('it is the lower quartile of what people’s captions score against each other', () => {
  // Each caption scored by itself, with the references of all images counted.
  const scores = images.flatMap((image) =>
    image.references.map((hypothesis, i) => {
      const others = image.references.filter((_, j) => j !== i)
      const counts = new Map<string, number>()
      for (const { references } of images) {
        for (const ngram of new Set(references.flatMap(listNgrams))) {
          counts.set(ngram, (counts.get(ngram) ?? 0) + 1)
        }
      }
      const documentFrequency = { images: 3, counts }
      return scoreCider([{ hypothesis, references: others }], { documentFrequency }).corpus
    }),
  )
  const sorted = scores.toSorted((a, b) => a - b)
  const level = findHumanCider(images)!
  expect(level).toBeCloseTo(sorted[2]!, 12)
  expect(scores.filter((score) => score >= level - 1e-12).length).toBeGreaterThanOrEqual(6)
})

test('images with one caption do not count; where all have one it is not known', () => {
  const single = { references: ['a cat'] }
  expect(findHumanCider([single, single])).toBeUndefined()
  expect(findHumanCider([])).toBeUndefined()
  expect(findHumanCider([...images, single])).toBeGreaterThan(0)
})

function listNgrams(text: string): string[] {
  const words = text.split(' ')
  return [1, 2, 3, 4].flatMap((n) =>
    words.slice(n - 1).map((_, i) => words.slice(i, i + n).join(' ')),
  )
}
