import * as fc from 'fast-check'
import type { CaptionPair } from '../src/metrics/metric.ts'

const words = ['a', 'dog', 'the', 'runs', 'running', 'grass', 'on', 'two', "'s", 'black-and-white']

/** Captions over few words, so that they have many n-grams in common. */
const caption: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...words), { maxLength: 9 })
  .map((tokens) => tokens.join(' '))

export const captionPairs: fc.Arbitrary<CaptionPair[]> = fc.array(
  fc.record({
    hypothesis: caption,
    references: fc.array(caption, { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** Whether two numbers agree in all but the last digits: 1e-12 of the greater, or of 1e-300. */
export function isClose(actual: number, expected: number, tolerance = 1e-12): boolean {
  return Math.abs(actual - expected) <= tolerance * Math.max(Math.abs(expected), 1e-300)
}
