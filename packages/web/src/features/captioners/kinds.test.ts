import { CaptionerSettings, needsCaptionerKey } from '@descry/contract'
import { expect, test } from 'vitest'
import { hostOf } from './kinds.ts'

const proxy = 'https://proxy.example/v1'

test.each([
  ['Gemini', { kind: 'google', models: ['m'] }, 'generativelanguage.googleapis.com', true],
  [
    'Gemini through a proxy',
    { kind: 'google', models: ['m'], baseUrl: proxy },
    'proxy.example',
    false,
  ],
  [
    'OpenAI',
    { kind: 'openai-compatible', models: ['m'], baseUrl: 'https://api.openai.com/v1' },
    'api.openai.com',
    true,
  ],
  [
    'Ollama',
    { kind: 'openai-compatible', models: ['m'], baseUrl: 'http://localhost:11434' },
    'localhost:11434',
    false,
  ],
  [
    'Rekognition',
    { kind: 'rekognition', region: 'us-east-1' },
    'rekognition.us-east-1.amazonaws.com',
    false,
  ],
  ['a trained model', { kind: 'model', folder: '/models/a' }, null, false],
])('of %s the host, and whether it needs a key, are known', (_name, settings, host, isNeeded) => {
  const parsed = CaptionerSettings.parse({ name: 'x', ...settings })
  expect(hostOf(parsed)).toBe(host)
  expect(needsCaptionerKey(parsed)).toBe(isNeeded)
})
