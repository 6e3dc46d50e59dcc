import { type CaptionerInfo, Chain } from '@descry/contract'
import { expect, test } from 'vitest'
import { missingFrom, stepsOf } from './chain-steps.ts'

const captioner = (name: string, kind: CaptionerInfo['kind']) =>
  ({ name, kind, styles: ['concise'] }) as CaptionerInfo
const captioners = [
  captioner('gemini', 'google'),
  captioner('builtin', 'builtin'),
  captioner('basic', 'basic'),
]

test('without a chain the usual order is shown, without what only measures pixels', () => {
  expect(stepsOf(null, captioners)).toEqual([{ captioner: 'gemini' }, { captioner: 'builtin' }])
  expect(stepsOf(null, [captioner('basic', 'basic')])).toEqual([])
})

test('a chain is shown as it is, also captioners that are gone', () => {
  const chain = Chain.parse({ steps: [{ captioner: 'gone' }, { captioner: 'builtin' }] })
  expect(stepsOf(chain, captioners)).toEqual(chain.steps)
})

test('what sees and is not in the chain can be added', () => {
  const names = missingFrom([{ captioner: 'builtin' }], captioners).map(({ name }) => name)
  expect(names).toEqual(['gemini'])
})
