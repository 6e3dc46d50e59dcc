import type { z } from 'zod'
import { formatNumber } from '../format.ts'

/** What is wrong with the value of a field, as shown below it. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'number' && issue.origin !== 'int') return requiredMessage
      return `Must be ${issue.inclusive ? 'at least' : 'more than'} ${formatNumber(Number(issue.minimum))}.`
    case 'too_big':
      return `Must be at most ${formatNumber(Number(issue.maximum))}${units[issue.origin] ?? ''}.`
    case 'invalid_type':
      if (issue.message.endsWith('undefined')) return requiredMessage
      return issue.expected === 'int' ? 'Enter a whole number.' : 'Enter a number.'
    default:
      return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`
  }
}

export const requiredMessage = 'This field is required.'

const units: Partial<Record<string, string>> = { string: ' characters', array: ' entries' }
