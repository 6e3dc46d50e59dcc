import { Limits } from '@descry/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
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
  ['what has words already', url, 'x', 'Expected an http(s) address.'],
])('%s is explained', (_case, schema, value, words) => {
  expect(schema.safeParse(value).error?.issues.map(describeIssue)).toEqual([words])
})
