import { expect, test } from 'vitest'
import { checkPrompt, findUnknownVariables } from './check-prompt.ts'

const good = { name: 'Catalogue', style: 'concise', template: 'Name the {style} thing.' } as const

test('a valid prompt is returned with its name trimmed', () => {
  expect(checkPrompt({ ...good, name: ' Catalogue ' }, [])).toEqual({
    prompt: good,
    errors: {},
    warning: undefined,
  })
})

test('an empty form says at every field that it is required', () => {
  const { errors } = checkPrompt({ ...good, name: '', template: ' ' }, [])
  expect(errors).toEqual({ name: 'This field is required.', template: 'This field is required.' })
})

test('a name that another prompt has is refused', () => {
  expect(checkPrompt(good, ['Catalogue']).errors).toEqual({ name: 'Another prompt has this name.' })
})

test('unknown variables are allowed, with a warning that names them', () => {
  const one = checkPrompt({ ...good, template: 'Describe {subject}.' }, [])
  expect(one.prompt).toBeDefined()
  expect(one.warning).toBe('{subject} is not a variable: the model will see it as written.')
  const two = checkPrompt({ ...good, template: 'Describe {subject} in {tone}.' }, [])
  expect(two.warning).toContain('{subject}, {tone} are not variables')
})

test.each([
  ['Describe {trigger} in {language}.', []],
  ['Describe {Trigger} and {subject}, again {subject}.', ['Trigger', 'subject']],
  ['Reply as JSON: {"text": "…"}', []],
])('%j has the unknown variables %j', (template, unknown) => {
  expect(findUnknownVariables(template)).toEqual(unknown)
})
