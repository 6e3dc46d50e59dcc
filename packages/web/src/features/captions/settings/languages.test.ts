import { CaptionOptions } from '@descry/contract'
import { expect, test } from 'vitest'
import { languages, nameLanguage } from './languages.ts'

test('every language has a tag the API takes, and a name to be sorted by', () => {
  const { language } = CaptionOptions.shape
  expect(languages.filter((tag) => !language.safeParse(tag).success)).toEqual([])
  const names = languages.map(nameLanguage)
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)))
})
