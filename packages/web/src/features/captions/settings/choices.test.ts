import type { CaptionerInfo, Prompt } from '@descry/contract'
import { expect, test } from 'vitest'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'
import { type Available, type Choices, optionsFor, readChoices, resolveChoices } from './choices.ts'

const captioner = (name: string, ...styles: CaptionerInfo['styles']) =>
  ({ name, styles, sees: true, takesInstructions: name === 'gpt' }) as CaptionerInfo
const available = (captioners: CaptionerInfo[], prompts: Prompt[] = []): Available => ({
  captioners,
  chain: chainMembers(null, captioners),
  prompts,
})
const nothing: Choices = {
  captioner: undefined,
  styles: undefined,
  trigger: '',
  language: '',
  prompt: '',
}
const both = available([
  captioner('builtin', 'concise'),
  captioner('gpt', 'concise', 'creative', 'training'),
])

test('by default the chain is asked for concise and creative, if one captioner writes both', () => {
  const { captioner, options } = resolveChoices(nothing, both)
  expect(captioner).toBeUndefined()
  expect(options).toEqual({ styles: ['concise', 'creative'] })
})

test('by default only concise is asked for if no captioner writes both', () => {
  const apart = available([captioner('poet', 'creative'), captioner('builtin', 'concise')])
  expect(resolveChoices(nothing, apart).options).toEqual({ styles: ['concise'] })
  expect(resolveChoices(nothing, available([captioner('poet', 'creative')])).styles).toEqual([
    'creative',
  ])
})

test('all styles that the chain writes are offered', () => {
  expect(resolveChoices(nothing, both).offered).toEqual(['concise', 'creative', 'training'])
})

test('the chain replaces a captioner that was removed', () => {
  expect(resolveChoices({ ...nothing, captioner: 'old' }, both).options).not.toHaveProperty(
    'captioner',
  )
})

test('styles that the chosen captioner cannot write are left out', () => {
  const chosen = { ...nothing, captioner: 'builtin', styles: ['creative' as const] }
  expect(resolveChoices(chosen, both).options).toEqual({
    captioner: 'builtin',
    styles: ['concise'],
  })
})

test('a trigger word is sent with training captions only', () => {
  const chosen = { ...nothing, trigger: ' sks_dog ', styles: ['training' as const] }
  expect(resolveChoices(chosen, both).options).toEqual({
    styles: ['training'],
    trigger: 'sks_dog',
  })
  expect(resolveChoices({ ...chosen, styles: undefined }, both).options).not.toHaveProperty(
    'trigger',
  )
})

test('a prompt is sent with captions of its style, as long as it exists', () => {
  const prompt = { name: 'House', style: 'creative', template: 'x' } as const
  const chosen = { ...nothing, prompt: 'House' }
  const saved = { ...both, prompts: [prompt] }
  expect(resolveChoices(chosen, saved)).toMatchObject({
    prompts: [prompt],
    options: { prompt: 'House' },
  })
  expect(resolveChoices({ ...chosen, styles: ['concise'] }, saved).options).not.toHaveProperty(
    'prompt',
  )
  expect(resolveChoices(chosen, both).options).not.toHaveProperty('prompt')
})

test('a language is sent only to captioners that take instructions', () => {
  const chosen = { ...nothing, language: 'de' }
  expect(resolveChoices(chosen, both)).toMatchObject({
    canInstruct: true,
    options: { language: 'de' },
  })
  const alone = resolveChoices({ ...chosen, captioner: 'builtin' }, both)
  expect(alone.canInstruct).toBe(false)
  expect(alone.options).not.toHaveProperty('language')
})

test('a request for a single style has the options that apply to it', () => {
  const prompts: Prompt[] = [{ name: 'House', style: 'creative', template: 'x' }]
  const options = { language: 'de', trigger: 'sks_dog', prompt: 'House' }
  expect(optionsFor('creative', { options, prompts })).toEqual({
    styles: ['creative'],
    language: 'de',
    prompt: 'House',
  })
  expect(optionsFor('training', { options, prompts })).toEqual({
    styles: ['training'],
    language: 'de',
    trigger: 'sks_dog',
  })
})

test('as long as nothing is known, the server chooses', () => {
  expect(resolveChoices(nothing, available([])).options).toEqual({})
})

test.each(['{broken', 'null', '[]', '{"styles":["loud"],"captioner":7}'])(
  'stored choices that cannot be read are ignored: %s',
  (stored) => {
    expect(readChoices({ getItem: () => stored })).toEqual(nothing)
  },
)
