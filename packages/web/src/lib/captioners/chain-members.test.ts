import type { CaptionerInfo } from '@descry/contract'
import { expect, test } from 'vitest'
import { chainMembers } from './chain-members.ts'

const captioner = (name: string, kind: CaptionerInfo['kind']) =>
  ({ name, kind, styles: ['concise', 'creative'] }) as CaptionerInfo
const gemini = captioner('gemini', 'google')
const builtin = captioner('builtin', 'builtin')
const basic = captioner('basic', 'basic')
const rules = { timeoutSeconds: 180, fallThroughRefusals: false }

test('the usual order is all captioners that can see', () => {
  const members = chainMembers(null, [gemini, builtin, basic])
  expect(members.map(({ captioner }) => captioner.name)).toEqual(['gemini', 'builtin'])
})

test('what only measures pixels is asked when it is alone', () => {
  expect(chainMembers(null, [basic])).toEqual([{ captioner: basic, styles: basic.styles }])
})

test('a chain of one’s own has its order and its styles, without captioners that are gone', () => {
  const steps = [{ captioner: 'builtin', styles: ['concise' as const] }, { captioner: 'old' }]
  expect(chainMembers({ ...rules, steps }, [gemini, builtin])).toEqual([
    { captioner: builtin, styles: ['concise'] },
  ])
})
