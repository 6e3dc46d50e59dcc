import { CaptionerSettings } from '@descry/contract'
import { expect, test } from 'vitest'
import { needsKey, toKey } from './key-change.ts'

test.each([
  ['nothing written keeps the key', { text: '  ', isRemoved: false }, {}],
  ['a written key takes its place', { text: ' sk-1 ', isRemoved: false }, { key: 'sk-1' }],
  ['a removed key goes', { text: '', isRemoved: true }, { key: null }],
])('%s', (_case, change, sent) => {
  expect(toKey(change)).toEqual(sent)
})

test.each([
  ['Gemini', { kind: 'google', models: ['m'] }, true],
  [
    'Gemini through a proxy',
    { kind: 'google', models: ['m'], baseUrl: 'https://p.example' },
    false,
  ],
  [
    'OpenAI',
    { kind: 'openai-compatible', models: ['m'], baseUrl: 'https://api.openai.com/v1' },
    true,
  ],
  [
    'Ollama',
    { kind: 'openai-compatible', models: ['m'], baseUrl: 'http://localhost:11434' },
    false,
  ],
  ['Rekognition', { kind: 'rekognition', region: 'us-east-1' }, false],
])('%s needs a key: %j %s', (_name, settings, isNeeded) => {
  expect(needsKey(CaptionerSettings.parse({ name: 'x', ...settings }))).toBe(isNeeded)
})
