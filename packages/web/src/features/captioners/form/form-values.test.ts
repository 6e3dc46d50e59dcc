import { CaptionerSettings } from '@descry/contract'
import { expect, test } from 'vitest'
import { presets } from '../presets.ts'
import { fromForm, toForm } from './form-values.ts'

const everything: CaptionerSettings = {
  kind: 'google',
  name: 'gemini',
  enabled: false,
  models: ['gemini-2.5-pro', 'gemini-2.5-flash'],
  baseUrl: 'https://proxy.example/v1beta',
  timeoutSeconds: 12.5,
  limits: { formats: ['image/jpeg', 'image/png'], maxSide: 1024, perMinute: 5, parallel: 2 },
  price: { inputPerMillion: 1.25, outputPerMillion: 10, perImage: 0 },
  sampling: { temperature: 0, topP: 0.9, topK: 40, maxTokens: 300 },
}

test('settings come back from the form as they were', () => {
  expect(fromForm(everything, toForm('google', everything))).toEqual({
    settings: everything,
    errors: {},
  })
})

const missing = { sagemaker: { endpoint: 'captions' }, model: { folder: '/models/mine' } }

test.each(presets)('what is filled in for $id can be saved once nothing is missing', (preset) => {
  const given = { ...preset.settings, ...missing[preset.kind as keyof typeof missing] }
  const { settings, errors } = fromForm(
    { kind: preset.kind, enabled: true },
    toForm(preset.kind, given),
  )
  expect(errors).toEqual({})
  expect(settings).toEqual(CaptionerSettings.parse({ kind: preset.kind, ...given }))
})

test('an empty form says at every required field that it is required', () => {
  const { errors } = fromForm({ kind: 'bedrock', enabled: true }, {})
  expect(errors).toEqual({
    name: 'This field is required.',
    models: 'This field is required.',
    region: 'This field is required.',
  })
})

test.each([
  ['a name with spaces', 'name', 'my gemini', /^Letters, digits/],
  ['words for a number', 'limits.maxSide', 'large', /^Enter a number/],
  ['a number that is too small', 'limits.maxSide', '3', /^Must be at least 64/],
  ['a fraction of a request', 'limits.perMinute', '1.5', /whole number/],
  ['something other than an address', 'baseUrl', 'gemini', /^Expected an http/],
  ['too many models', 'models', 'a\nb\nc\nd\ne\nf', /^Must be at most 5/],
  ['an unknown format', 'limits.formats', 'image/gif', /./],
])('%s is reported at its field', (_case, path, text, words) => {
  const { errors } = fromForm(everything, { ...toForm('google', everything), [path]: text })
  expect(Object.keys(errors)).toEqual([path])
  expect(errors[path]).toMatch(words)
})

test('a decimal comma is read as a decimal point', () => {
  const values = { ...toForm('google', everything), 'sampling.temperature': '0,4' }
  expect(fromForm(everything, values).settings?.sampling.temperature).toBe(0.4)
})

test('without any price there is none', () => {
  const { price: _, ...free } = everything
  expect(fromForm(free, toForm('google', free)).settings).toEqual(free)
})

test('a name that another captioner has is refused', () => {
  const { errors } = fromForm(everything, toForm('google', everything), ['gemini'])
  expect(errors).toEqual({ name: 'Another captioner has this name.' })
})
