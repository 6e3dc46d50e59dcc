import { expect, test } from 'vitest'
import { toKey } from './key-field.tsx'

test.each([
  ['an empty field keeps the stored key', { text: '  ', isRemoved: false }, {}],
  ['a written key replaces the stored one', { text: ' sk-1 ', isRemoved: false }, { key: 'sk-1' }],
  ['a removed key is deleted', { text: '', isRemoved: true }, { key: null }],
])('%s', (_case, change, sent) => {
  expect(toKey(change)).toEqual(sent)
})
