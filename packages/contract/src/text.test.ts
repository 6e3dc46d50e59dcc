import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeIssue } from './describe-issue.ts'
import { number, text } from './text.ts'

test.each([
  ['NUL', 'a\0b', 'Contains the character NUL.'],
  ['half of a character', 'a\ud800', 'Contains half of a character (a lone surrogate).'],
  ['too many characters', 'abcdef', 'Must be at most 5 characters.'],
])('a text with %s is refused in words', (_case, value, words) => {
  const parsed = text(5).safeParse(value)
  expect(parsed.error?.issues.map(describeIssue)).toContain(words)
})

test('whole characters of any plane are text', () => {
  expect(text(5).parse('a😀é')).toBe('a😀é')
})

const limit = number(z.number().int().min(1).max(100))

test.each([[5], ['5'], [' 5 '], ['5e0'], ['+5']])('%j is a number', (value) => {
  expect(limit.parse(value)).toBe(5)
})

test.each([
  [null],
  [''],
  [' '],
  [true],
  [[]],
  [['5']],
  ['0x5'],
  ['five'],
  [{}],
  ['Infinity'],
  [Number.NaN],
])('%j is no number', (value) => {
  expect(limit.safeParse(value).success).toBe(false)
})

test('a number that is out of range says so', () => {
  expect(limit.safeParse('500').error?.issues.map(describeIssue)).toEqual(['Must be at most 100.'])
  expect(limit.safeParse('x').error?.issues.map(describeIssue)).toEqual(['Enter a number.'])
})
