import { expect, test } from 'vitest'
import { parseSettingsSearch } from './sections.ts'

test.each([
  [{}, {}],
  [{ section: 'chain' }, { section: 'chain' }],
  [{ section: 'nowhere', other: '1' }, {}],
  [
    { section: 'captioners', add: 'google', edit: '' },
    { section: 'captioners', add: 'google' },
  ],
  [
    { section: 'prompts', edit: 'Catalogue' },
    { section: 'prompts', edit: 'Catalogue' },
  ],
])('%j means %j', (search, meaning) => {
  expect(parseSettingsSearch(search)).toEqual(meaning)
})
