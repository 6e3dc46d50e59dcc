import { type CaptionerInfo, Chain } from '@descry/contract'
import { expect, test } from 'vitest'
import { findAddable, stepsOf } from './chain-steps.ts'

const captioner = (name: string, sees = true) =>
  ({ name, sees, styles: ['concise'] }) as CaptionerInfo
const captioners = [captioner('gemini'), captioner('builtin'), captioner('basic', false)]

test('without a custom chain, the default order of all captioners that see is shown', () => {
  expect(stepsOf(null, captioners)).toEqual([{ captioner: 'gemini' }, { captioner: 'builtin' }])
  expect(stepsOf(null, [captioner('basic', false)])).toEqual([])
})

test('a custom chain is shown as it is, even with captioners that were removed', () => {
  const chain = Chain.parse({ steps: [{ captioner: 'gone' }, { captioner: 'builtin' }] })
  expect(stepsOf(chain, captioners)).toEqual(chain.steps)
})

test('captioners that see and are not in the chain can be added', () => {
  const names = findAddable([{ captioner: 'builtin' }], captioners).map(({ name }) => name)
  expect(names).toEqual(['gemini'])
})
