import { expect, test } from 'vitest'
import { z } from 'zod'
import { Limits } from './captioner-settings.ts'
import { describeIssue } from './describe-issue.ts'

const url = z.url({ error: 'expected an http(s) address' })

test.each([
  ['nothing', z.string(), undefined, 'This field is required.'],
  ['an empty text', z.string().min(1), '', 'This field is required.'],
  ['an empty list', z.array(z.string()).min(1), [], 'This field is required.'],
  ['no number', z.number(), Number.NaN, 'Enter a number.'],
  ['half a pixel', Limits.shape.maxSide, 64.5, 'Enter a whole number.'],
  ['too few pixels', Limits.shape.maxSide, 3, 'Must be at least 64.'],
  ['too many pixels', Limits.shape.maxSide, 99_999, 'Must be at most 16,384.'],
  ['a number that must be above', z.number().gt(0), 0, 'Must be more than 0.'],
  ['a long text', z.string().max(3), 'abcd', 'Must be at most 3 characters.'],
  ['a text that is too short', z.string().min(3), 'ab', 'Must be at least 3 characters.'],
  ['another word', z.enum(['alt', 'concise']), 'x', 'Must be `alt` or `concise`.'],
  ['a field that nobody knows', z.strictObject({}), { a: 1 }, 'There is no `a` here.'],
  ['a list in place of a text', z.string(), [], 'Must be text.'],
  ['what has words already', url, 'x', 'Expected an http(s) address.'],
])('%s is explained', (_case, schema, value, words) => {
  expect(schema.safeParse(value).error?.issues.map(describeIssue)).toEqual([words])
})

test('a thousand unknown fields are not all named', () => {
  const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field-${i}`, i]))
  const [issue] = z.strictObject({}).safeParse(fields).error?.issues ?? []
  const words = issue && describeIssue(issue)
  expect(words).toMatch(/`field-7` or 992 more here\.$/)
  expect(words?.length).toBeLessThan(300)
})
