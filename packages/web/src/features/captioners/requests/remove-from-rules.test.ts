import { CaptioningRules } from '@descry/contract'
import { expect, test } from 'vitest'
import { removeFromRules } from './remove-from-rules.ts'

const rules = (...names: string[]) =>
  CaptioningRules.parse({
    chain: names.length > 0 ? { steps: names.map((captioner) => ({ captioner })) } : null,
    privacy: { pixels: 'these-captioners', captioners: ['gemini'] },
    budgets: {},
  })

test('a captioner is removed from the chain and from the privacy rules', () => {
  const { chain, privacy } = removeFromRules(rules('gemini', 'builtin'), 'gemini')
  expect(chain?.steps).toEqual([{ captioner: 'builtin' }])
  expect(privacy.captioners).toEqual([])
})

test('an empty chain becomes the default order', () => {
  expect(removeFromRules(rules('gemini'), 'gemini').chain).toBeNull()
})

test('rules that do not name the captioner are returned as they are', () => {
  const before = rules('builtin')
  expect(removeFromRules(before, 'gpt')).toBe(before)
})
