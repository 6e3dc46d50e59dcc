import type { CaptionerInfo } from '@descry/contract'
import { expect, test } from 'vitest'
import { fitSettings, readSettings } from './settings.ts'

const captioner = (name: string, styles: CaptionerInfo['styles'], isDefault = false) =>
  ({ name, styles, isDefault }) as CaptionerInfo
const captioners = [captioner('basic', ['concise', 'alt']), captioner('gpt', ['creative'], true)]

test('without a choice the default captioner is taken', () => {
  const { captioner, styles } = fitSettings({ captioner: undefined, styles: [] }, captioners)
  expect(captioner?.name).toBe('gpt')
  expect(styles).toEqual(['creative'])
})

test('a captioner that is gone gives way to the default', () => {
  expect(fitSettings({ captioner: 'old', styles: [] }, captioners).captioner?.name).toBe('gpt')
})

test('styles the captioner cannot write are left out', () => {
  const settings = { captioner: 'basic', styles: ['creative', 'alt'] as const }
  expect(fitSettings(settings, captioners).options).toEqual({ captioner: 'basic', styles: ['alt'] })
})

test('what cannot be read counts as no choice', () => {
  expect(readSettings({ getItem: () => '{broken' })).toEqual({
    captioner: undefined,
    styles: ['concise'],
  })
})
