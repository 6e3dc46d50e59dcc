import { expect, test } from 'vitest'
import { isPrintedList } from './is-printed-list.ts'

test.each([
  `['A dog.', 'A pet.']`,
  `["A dog.", "It's a pet."]`,
  `['A dog.' 'A pet.']`,
  `('A dog.', 'A pet.')`,
  `{'A dog.'}`,
  `{"caption": "A dog."}`,
  `  ["A dog."]\n`,
  `"[""A dog."", ""A pet.""]"`,
  `array(['A dog.'], dtype=object)`,
  '[a dog, a pet]',
])('a list that was printed: %s', (text) => {
  expect(isPrintedList(text)).toBe(true)
})

test.each([
  'A dog.',
  '[trigger]',
  '[trigger], a photo of [name]',
  '(a dog on the grass)',
  `A sign that says ['stop'].`,
  `"Stop" and "go"`,
  '',
])('a caption: %s', (text) => {
  expect(isPrintedList(text)).toBe(false)
})
