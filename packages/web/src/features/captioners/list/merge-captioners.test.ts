import { type CaptionerInfo, CaptionerSettings, type ConfiguredCaptioner } from '@descry/contract'
import { expect, test } from 'vitest'
import { mergeCaptioners } from './merge-captioners.ts'

const info = (name: string, kind: CaptionerInfo['kind'], more: Partial<CaptionerInfo> = {}) =>
  ({ name, kind, styles: ['concise'], sendsPixelsTo: null, ...more }) as CaptionerInfo
const configured = (settings: object): ConfiguredCaptioner => ({
  settings: CaptionerSettings.parse(settings),
  keyHint: null,
  problem: null,
  updatedAt: '2026-11-21T12:00:00Z',
})
const openai = configured({
  kind: 'openai-compatible',
  name: 'gpt',
  baseUrl: 'https://api.openai.com/v1',
  models: ['gpt-4o-mini'],
})

test('what was set up comes first, also what is switched off, with its own host', () => {
  const off = configured({ kind: 'google', name: 'gemini', models: ['m'], enabled: false })
  const entries = mergeCaptioners(
    [info('builtin', 'builtin'), info('gpt', 'openai-compatible', { sendsPixelsTo: 'x' })],
    [off, openai],
  )
  expect(entries.map(({ name, title, host }) => [name, title, host])).toEqual([
    ['gemini', 'Google Gemini', 'generativelanguage.googleapis.com'],
    ['gpt', 'OpenAI', 'x'],
    ['builtin', 'Built-in model', null],
  ])
})

test('what was not set up here says where it comes from', () => {
  const entries = mergeCaptioners(
    [info('openai:x', 'openai-compatible'), info('builtin', 'builtin'), info('basic', 'basic')],
    [],
  )
  expect(entries.map(({ from }) => from)).toEqual([
    expect.stringContaining('OPENAI_API_KEY'),
    expect.stringContaining('DESCRY_BUILTIN_MODEL'),
    expect.stringContaining('only when it is chosen'),
  ])
})

test('a captioner that the privacy rules keep pictures from says so', () => {
  const [entry] = mergeCaptioners(
    [info('gpt', 'openai-compatible', { mayBeAsked: false })],
    [openai],
  )
  expect(entry).toMatchObject({ isForbidden: true, from: openai })
})
