import { expect, test } from 'vitest'
import { captionFromLabels } from './caption-from-labels.ts'

const target = { model: 'rekognition', host: 'example.org' }

const label = (
  Name: string,
  Confidence: number,
  parents: string[] = [],
  categories: string[] = [],
) => ({
  Name,
  Confidence,
  Parents: parents.map((name) => ({ Name: name })),
  Categories: categories.map((name) => ({ Name: name })),
  Instances: [],
})
const textOf = (...Labels: object[]) => captionFromLabels(target, { Labels }).text

test('things are listed by confidence, without the kinds they are of', () => {
  const output = captionFromLabels(target, {
    Labels: [
      label('Ball', 88.123),
      label('Animal', 99),
      label('Dog', 99.4, ['Pet', 'Animal']),
      label('Pet', 99, ['Animal']),
      label('Grass', 95),
    ],
  })
  expect(output.text).toBe('Dog, grass and ball.')
  expect(output.labels?.at(-1)).toEqual({ name: 'ball', probability: 0.8812 })
  expect(output.labels).toHaveLength(5)
})

test.each([
  ['Dog.', [label('Dog', 99)]],
  ['Dog and TV.', [label('Dog', 99), label('TV', 90)]],
  [
    'Eiffel Tower and T-shirt.',
    [label('Eiffel Tower', 99, [], ['Popular Landmarks']), label('T-Shirt', 90)],
  ],
  ['A1, a2, a3, a4 and a5.', [1, 2, 3, 4, 5, 6].map((n) => label(`a${n}`, 99 - n))],
])('%s', (text, labels) => {
  expect(textOf(...labels)).toBe(text)
})

test('nothing seen is no caption', () => {
  expect(() => textOf()).toThrow(/recognised nothing/)
})
