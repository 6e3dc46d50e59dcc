import { expect, test } from 'vitest'
import { explainConfidence } from './explain-confidence.ts'

test('a confidence is explained by its word and by how many captions like it are good', () => {
  expect(explainConfidence(0.83)).toBe(
    'sure: of ten captions like this about 8 describe their picture as well as people do',
  )
  expect(explainConfidence(0.04)).toMatch(/^unsure: of ten captions like this about 0 /)
})
