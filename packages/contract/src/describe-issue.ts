import type { z } from 'zod'

/** What is wrong with a value, in a sentence for people: below a field of a form, or in an error answer. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return describeTooSmall(issue)
    case 'too_big':
      return `Must be at most ${formatLimit(issue.maximum)}${units[issue.origin] ?? ''}.`
    case 'invalid_type':
      if (issue.message.endsWith('undefined')) return requiredMessage
      return expectations[issue.expected] ?? `Must be ${withArticle(issue.expected)}.`
    case 'invalid_value':
      return `Must be ${oneOf(issue.values)}.`
    case 'unrecognized_keys':
      return `There is no ${oneOf(issue.keys, 'or')} here.`
    case 'invalid_union':
      return describeUnion(issue)
    default:
      return sentence(issue.message)
  }
}

export const requiredMessage = 'This field is required.'

function describeTooSmall(issue: z.core.$ZodIssueTooSmall): string {
  const { origin, inclusive, minimum } = issue
  if (origin === 'number' || origin === 'int') {
    return `Must be ${inclusive ? 'at least' : 'more than'} ${formatLimit(minimum)}.`
  }
  if (Number(minimum) <= 1) return requiredMessage
  return `Must be at least ${formatLimit(minimum)}${units[origin] ?? ''}.`
}

/** The branch that came closest says what is wrong. */
function describeUnion({ errors, message }: z.core.$ZodIssueInvalidUnion): string {
  const [closest] = errors.toSorted((one, other) => depthOf(other) - depthOf(one))
  const issue = closest?.[0]
  if (!issue) return sentence(message)
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  return `${place}${describeIssue(issue)}`
}

const depthOf = (issues: readonly z.core.$ZodIssue[]) =>
  Math.max(0, ...issues.map(({ path }) => path.length))

const expectations: Partial<Record<string, string>> = {
  number: 'Enter a number.',
  int: 'Enter a whole number.',
  string: 'Must be text.',
  boolean: 'Must be true or false.',
  array: 'Must be a list.',
  object: 'Must be an object with named fields.',
}

const withArticle = (name: string) => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`

/** At most five of them, and none longer than people read. */
function oneOf(values: readonly unknown[], word = 'or'): string {
  const names = values.slice(0, MOST).map((value) => `\`${String(value).slice(0, LONGEST)}\``)
  const more = values.length - names.length
  const all = more > 0 ? [...names, `${more.toLocaleString('en-US')} more`] : names
  return all.length === 1 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} ${word} ${all.at(-1)}`
}

const MOST = 8
const LONGEST = 60

const formatLimit = (limit: number | bigint) => Number(limit).toLocaleString('en-US')

const units: Partial<Record<string, string>> = { string: ' characters', array: ' entries' }

function sentence(message: string): string {
  const text = message.slice(0, 500)
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
