import { expect, test } from 'vitest'
import { checkRepository } from '../hub/check-names.ts'
import { knownVlms } from './known-vlms.ts'
import { vlmFamilies } from './vlm-families.ts'

test('every known model can be pulled by its name, and there is one of each family', () => {
  for (const { repository } of knownVlms) expect(() => checkRepository(repository)).not.toThrow()
  expect(new Set(knownVlms.map(({ family }) => family))).toEqual(new Set(Object.keys(vlmFamilies)))
  expect(new Set(knownVlms.map(({ repository }) => repository)).size).toBe(knownVlms.length)
})
