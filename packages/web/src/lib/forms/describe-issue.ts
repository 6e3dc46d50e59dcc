import type { z } from 'zod'

/** What is wrong with the value of a field, in words that stand below it. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'number' && issue.origin !== 'int') return 'Fill this in.'
      return `${issue.inclusive ? 'At least' : 'More than'} ${number.format(Number(issue.minimum))}.`
    case 'too_big':
      return `At most ${number.format(Number(issue.maximum))}${units[issue.origin] ?? ''}.`
    case 'invalid_type':
      if (issue.message.endsWith('undefined')) return 'Fill this in.'
      return issue.expected === 'int' ? 'Write a whole number.' : 'Write a number.'
    default:
      return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}.`
  }
}

const number = new Intl.NumberFormat()
const units: Partial<Record<string, string>> = { string: ' characters', array: ' of them' }
