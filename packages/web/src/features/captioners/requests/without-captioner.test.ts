import { CaptioningRules } from '@descry/contract'
import { expect, test } from 'vitest'
import { removeCaptionerFromRules } from './without-captioner.ts'

const rules = (...names: string[]) =>
  CaptioningRules.parse({
    chain: names.length > 0 ? { steps: names.map((captioner) => ({ captioner })) } : null,
    privacy: { pixels: 'these-captioners', captioners: ['gemini'] },
    budgets: {},
  })

test('a captioner that goes leaves the chain and the privacy rules', () => {
  const { chain, privacy } = removeCaptionerFromRules(rules('gemini', 'builtin'), 'gemini')
  expect(chain?.steps).toEqual([{ captioner: 'builtin' }])
  expect(privacy.captioners).toEqual([])
})

test('a chain of nobody is the usual order', () => {
  expect(removeCaptionerFromRules(rules('gemini'), 'gemini').chain).toBeNull()
})

test('rules that do not name it stay the same', () => {
  const before = rules('builtin')
  expect(removeCaptionerFromRules(before, 'gpt')).toBe(before)
})
