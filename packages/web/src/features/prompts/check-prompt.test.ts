import { expect, test } from 'vitest'
import { checkPrompt } from './check-prompt.ts'

const good = { name: 'Catalogue', style: 'concise', template: 'Name the {style} thing.' } as const

test('a good prompt is itself', () => {
  expect(checkPrompt({ ...good, name: ' Catalogue ' }, [])).toEqual({
    prompt: good,
    errors: {},
    warning: undefined,
  })
})

test('an empty one says at every field what is missing', () => {
  const { errors } = checkPrompt({ ...good, name: '', template: ' ' }, [])
  expect(errors).toEqual({ name: 'Fill this in.', template: 'Fill this in.' })
})

test('a name that another prompt has is refused', () => {
  expect(checkPrompt(good, ['Catalogue']).errors).toEqual({ name: 'Another prompt has this name.' })
})

test('words in braces that stand for nothing are pointed out', () => {
  const { prompt, warning } = checkPrompt({ ...good, template: 'Describe {subject}.' }, [])
  expect(prompt).toBeDefined()
  expect(warning).toContain('{subject}')
})
