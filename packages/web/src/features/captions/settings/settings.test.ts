import type { CaptionerInfo, Prompt } from '@descry/contract'
import { expect, test } from 'vitest'
import { chainMembers } from '../../../lib/captioners/chain-members.ts'
import { type Offer, optionsFor, readSettings, resolveSettings, type Settings } from './settings.ts'

const captioner = (name: string, ...styles: CaptionerInfo['styles']) =>
  ({ name, kind: name === 'gpt' ? 'openai-compatible' : 'builtin', styles }) as CaptionerInfo
const offer = (captioners: CaptionerInfo[], prompts: Prompt[] = []): Offer => ({
  captioners,
  chain: chainMembers(null, captioners),
  prompts,
})
const nothing: Settings = {
  captioner: undefined,
  styles: undefined,
  trigger: '',
  language: '',
  prompt: '',
}
const both = offer([
  captioner('builtin', 'concise'),
  captioner('gpt', 'concise', 'creative', 'training'),
])

test('without a choice the chain is asked for concise and creative, where one writes both', () => {
  const { captioner, options } = resolveSettings(nothing, both)
  expect(captioner).toBeUndefined()
  expect(options).toEqual({ styles: ['concise', 'creative'] })
})

test('without a choice it is concise where nobody writes both', () => {
  const apart = offer([captioner('poet', 'creative'), captioner('builtin', 'concise')])
  expect(resolveSettings(nothing, apart).options).toEqual({ styles: ['concise'] })
  expect(resolveSettings(nothing, offer([captioner('poet', 'creative')])).styles).toEqual([
    'creative',
  ])
})

test('all that the chain writes is offered', () => {
  expect(resolveSettings(nothing, both).offered).toEqual(['concise', 'creative', 'training'])
})

test('a captioner that is gone gives way to the chain', () => {
  expect(resolveSettings({ ...nothing, captioner: 'old' }, both).options).not.toHaveProperty(
    'captioner',
  )
})

test('styles the chosen captioner cannot write are left out', () => {
  const chosen = { ...nothing, captioner: 'builtin', styles: ['creative' as const] }
  expect(resolveSettings(chosen, both).options).toEqual({
    captioner: 'builtin',
    styles: ['concise'],
  })
})

test('a trigger word goes with training captions only', () => {
  const chosen = { ...nothing, trigger: ' sks_dog ', styles: ['training' as const] }
  expect(resolveSettings(chosen, both).options).toEqual({
    styles: ['training'],
    trigger: 'sks_dog',
  })
  expect(resolveSettings({ ...chosen, styles: undefined }, both).options).not.toHaveProperty(
    'trigger',
  )
})

test('a prompt goes with captions of its style, while it is there', () => {
  const prompt = { name: 'House', style: 'creative', template: 'x' } as const
  const chosen = { ...nothing, prompt: 'House' }
  const saved = { ...both, prompts: [prompt] }
  expect(resolveSettings(chosen, saved)).toMatchObject({
    prompts: [prompt],
    options: { prompt: 'House' },
  })
  expect(resolveSettings({ ...chosen, styles: ['concise'] }, saved).options).not.toHaveProperty(
    'prompt',
  )
  expect(resolveSettings(chosen, both).options).not.toHaveProperty('prompt')
})

test('a language goes to those only that can be told one', () => {
  const chosen = { ...nothing, language: 'de' }
  expect(resolveSettings(chosen, both)).toMatchObject({
    canInstruct: true,
    options: { language: 'de' },
  })
  const alone = resolveSettings({ ...chosen, captioner: 'builtin' }, both)
  expect(alone.canInstruct).toBe(false)
  expect(alone.options).not.toHaveProperty('language')
})

test('one style alone takes along what concerns it', () => {
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

test('while nothing is known the server chooses', () => {
  expect(resolveSettings(nothing, offer([])).options).toEqual({})
})

test.each(['{broken', 'null', '[]', '{"styles":["loud"],"captioner":7}'])(
  'what cannot be read counts as no choice: %s',
  (stored) => {
    expect(readSettings({ getItem: () => stored })).toEqual(nothing)
  },
)
