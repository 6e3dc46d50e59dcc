import fc from 'fast-check'
import { expect, test } from 'vitest'
import { naturalOrder } from './natural-order.ts'

test('numbers count as numbers, folder by folder', () => {
  const paths = ['b/10.jpg', 'b/9.jpg', 'a10/1.jpg', 'a9/2.jpg', 'a9/10.jpg', 'a.jpg']
  expect(paths.sort(naturalOrder)).toEqual([
    ...['a.jpg', 'a9/2.jpg', 'a9/10.jpg', 'a10/1.jpg', 'b/9.jpg', 'b/10.jpg'],
  ])
})

test('any order of the same paths sorts into the same list', () => {
  const path = fc.stringMatching(/^[aA01é]{1,3}(\/[aA01é]{1,3}){0,2}$/)
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
      const backwards = paths.toReversed().sort(naturalOrder)
      expect(paths.toSorted(naturalOrder)).toEqual(backwards)
    }),
  )
})
