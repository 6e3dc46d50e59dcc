import type { CaptionerInfo } from '@descry/contract'
import { expect, test } from 'vitest'
import { chainMembers } from './chain-members.ts'

const captioner = (name: string, sees: boolean) =>
  ({ name, sees, styles: ['concise', 'creative'] }) as CaptionerInfo
const gemini = captioner('gemini', true)
const builtin = captioner('builtin', true)
const basic = captioner('basic', false)
const rules = { timeoutSeconds: 180, fallThroughRefusals: false }

test('the default order is all captioners that see', () => {
  const members = chainMembers(null, [gemini, builtin, basic])
  expect(members.map(({ captioner }) => captioner.name)).toEqual(['gemini', 'builtin'])
})

test('a captioner that only measures pixels is asked when there is no other', () => {
  expect(chainMembers(null, [basic])).toEqual([{ captioner: basic, styles: basic.styles }])
})

test('a custom chain has its own order and styles, without captioners that were removed', () => {
  const steps = [{ captioner: 'builtin', styles: ['concise' as const] }, { captioner: 'old' }]
  expect(chainMembers({ ...rules, steps }, [gemini, builtin])).toEqual([
    { captioner: builtin, styles: ['concise'] },
  ])
})
