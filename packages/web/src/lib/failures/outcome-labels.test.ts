import { StepOutcome } from '@descry/contract'
import { expect, test } from 'vitest'
import { outcomeLabels } from './outcome-labels.ts'

test('every outcome of a step has its own label', () => {
  const labels = StepOutcome.options.map((outcome) => outcomeLabels[outcome])
  expect(labels.every((text) => /^[A-Z]/.test(text))).toBe(true)
  expect(new Set(labels).size).toBe(StepOutcome.options.length)
  expect(Object.keys(outcomeLabels).sort()).toEqual([...StepOutcome.options].sort())
})
