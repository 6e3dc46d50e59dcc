import { expect, test } from 'vitest'
import { explainConfidence } from './caption-details.tsx'

test('a confidence is explained by its level and by how many captions like it are good', () => {
  expect(explainConfidence(0.83)).toBe(
    'sure: of ten captions like this, about 8 describe their image as well as people do',
  )
  expect(explainConfidence(0.04)).toMatch(/^unsure: of ten captions like this, about 0 /)
})
