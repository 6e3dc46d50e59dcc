import { expect, test } from 'vitest'
import { addStatistics, scoreMeteor } from './meteor-score.ts'
import { NO_STATISTICS } from './meteor-statistics.ts'

const parse = (line: string) => line.split(' ').map(Number)

/** Statistics that explain values published for the official jar with its paraphrase table. */
const first = parse('10 7 4 4 1 1 2 2 0 0 0 0 0 0 0 0 0 0 0 0 2 3 3')
const second = parse('10 13 6 7 4 4 4 4 0 0 0 0 0 0 0 0 0 0 2 1 2 10 9')
const perfect = parse('5 5 2 2 3 3 2 2 0 0 0 0 0 0 0 0 0 0 0 0 1 5 5')

test('published values follow from their statistics, the corpus value from the sum', () => {
  expect(scoreMeteor(first)).toBeCloseTo(0.1556568826170604, 14)
  expect(scoreMeteor(second)).toBeCloseTo(0.39012536521249613, 14)
  expect(scoreMeteor(addStatistics(first, second))).toBeCloseTo(0.2957971080379661, 14)
})

test('a perfect image scores 1, and many of them do', () => {
  expect(scoreMeteor(perfect)).toBe(1)
  expect(scoreMeteor(addStatistics(addStatistics(NO_STATISTICS, perfect), perfect))).toBe(1)
})

test('the chunk of a perfect image is not added, any other is', () => {
  expect(addStatistics(first, perfect)[20]).toBe(2)
  expect(addStatistics(perfect, first)[20]).toBe(3)
})

test('nothing scores 0', () => {
  expect(scoreMeteor(NO_STATISTICS)).toBe(0)
  expect(scoreMeteor(parse('0 3 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'))).toBe(0)
  expect(scoreMeteor(parse('3 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0'))).toBe(0)
})
