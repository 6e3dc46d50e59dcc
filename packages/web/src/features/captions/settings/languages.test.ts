import { CaptionOptions } from '@descry/contract'
import { expect, test } from 'vitest'
import { languages, nameLanguage } from './languages.ts'

test('every language has a tag that the API accepts, and they are sorted by name', () => {
  const { language } = CaptionOptions.shape
  expect(languages.filter((tag) => !language.safeParse(tag).success)).toEqual([])
  const names = languages.map(nameLanguage)
  expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other)))
})
