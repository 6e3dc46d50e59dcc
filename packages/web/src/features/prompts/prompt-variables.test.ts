import { expect, test } from 'vitest'
import { findUnknownVariables } from './prompt-variables.ts'

test.each([
  ['Describe {trigger} in {language}.', []],
  ['Describe {Trigger} and {subject}, again {subject}.', ['Trigger', 'subject']],
  ['Reply as JSON: {"text": "…"}', []],
])('%j has the unknown variables %j', (template, unknown) => {
  expect(findUnknownVariables(template)).toEqual(unknown)
})
