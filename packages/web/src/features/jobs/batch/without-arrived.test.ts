import { expect, test } from 'vitest'
import { withoutArrived } from './without-arrived.ts'

const files = (...names: string[]) => names.map((name) => new File([], name))
const namesOf = (list: File[]) => list.map(({ name }) => name)

test('a file that has arrived is not sent again', () => {
  expect(namesOf(withoutArrived(files('a', 'b', 'c'), ['b']))).toEqual(['a', 'c'])
  expect(withoutArrived(files('a'), ['a', 'b'])).toEqual([])
})

test('of files with the same name all are sent until all have arrived', () => {
  expect(namesOf(withoutArrived(files('1.jpg', '1.jpg', 'b'), ['1.jpg']))).toEqual([
    '1.jpg',
    '1.jpg',
    'b',
  ])
  expect(withoutArrived(files('1.jpg', '1.jpg'), ['1.jpg', '1.jpg'])).toEqual([])
})

test('a name is the same however its accents are written', () => {
  expect(withoutArrived(files('Cafe\u0301.jpg'), ['Caf\u00e9.jpg'])).toEqual([])
})
