import { type CaptionerInfo, CaptionerSettings, type ConfiguredCaptioner } from '@descry/contract'
import { expect, test } from 'vitest'
import { captionerEntries } from './captioner-entries.ts'

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

test('captioners that were set up here come first, even disabled ones, with their own host', () => {
  const off = configured({ kind: 'google', name: 'gemini', models: ['m'], enabled: false })
  const entries = captionerEntries(
    [info('builtin', 'builtin'), info('gpt', 'openai-compatible', { sendsPixelsTo: 'x' })],
    [off, openai],
  )
  expect(entries.map(({ name, title, host }) => [name, title, host])).toEqual([
    ['gemini', 'Google Gemini', 'generativelanguage.googleapis.com'],
    ['gpt', 'OpenAI', 'x'],
    ['builtin', 'Built-in model', null],
  ])
})

test('a captioner that was not set up here says where it comes from', () => {
  const entries = captionerEntries(
    [info('openai:x', 'openai-compatible'), info('builtin', 'builtin'), info('basic', 'basic')],
    [],
  )
  expect(entries.map(({ origin }) => origin)).toEqual([
    expect.stringContaining('OPENAI_API_KEY'),
    expect.stringContaining('DESCRY_BUILTIN_MODEL'),
    expect.stringContaining('only if it is chosen'),
  ])
})

test('a captioner that the privacy rules forbid is marked', () => {
  const [entry] = captionerEntries(
    [info('gpt', 'openai-compatible', { mayBeAsked: false })],
    [openai],
  )
  expect(entry).toMatchObject({ isForbidden: true, configured: openai })
})
