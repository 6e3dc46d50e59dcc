import { expect, test } from 'vitest'
import { dropIndex, moveItem } from './reorder.ts'

test.each([
  ['down', 0, 2, ['b', 'c', 'a']],
  ['up', 2, 0, ['c', 'a', 'b']],
  ['nowhere', 1, 1, ['a', 'b', 'c']],
  ['beyond the end', 0, 9, ['b', 'c', 'a']],
  ['before the start', 1, -1, ['b', 'a', 'c']],
])('an item moves %s', (_where, from, to, moved) => {
  expect(moveItem(['a', 'b', 'c'], from, to)).toEqual(moved)
})

test('moving an item that does not exist changes nothing', () => {
  expect(moveItem(['a'], 3, 0)).toEqual(['a'])
})

test.each([
  [5, 0],
  [30, 1],
  [31, 1],
  [99, 2],
])('a row dropped at %d px gets the index %d', (y, index) => {
  expect(dropIndex([20, 60], y)).toBe(index)
})
