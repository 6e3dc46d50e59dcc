import { StepOutcome } from '@descry/contract'
import { expect, test } from 'vitest'
import { outcomeLabels } from './outcome-labels.ts'

test('every way a step can end has words of its own', () => {
  const words = StepOutcome.options.map((outcome) => outcomeLabels[outcome])
  expect(words.every((text) => /^[A-Z]/.test(text))).toBe(true)
  expect(new Set(words).size).toBe(StepOutcome.options.length)
  expect(Object.keys(outcomeLabels).sort()).toEqual([...StepOutcome.options].sort())
})
