import { expect, test } from 'vitest'
import { dropFromPages, type Pages, putIntoPages } from './pages.ts'

type Row = { id: string; text: string }
const row = (id: string, text = '') => ({ id, text })
const pages = (...ids: string[][]): Pages<Row> => ({
  pageParams: ids.map(() => undefined),
  pages: ids.map((list, index) => ({
    items: list.map((id) => row(id)),
    next: index < ids.length - 1 ? 'more' : null,
  })),
})
const idsOf = ({ pages }: Pages<Row>) => pages.map(({ items }) => items.map(({ id }) => id))

test('a new item is inserted where its id sorts', () => {
  expect(idsOf(putIntoPages(pages(['9', '7'], ['5', '3']), row('8')))).toEqual([
    ['9', '8', '7'],
    ['5', '3'],
  ])
  expect(idsOf(putIntoPages(pages(['9', '7'], ['5', '3']), row('6')))).toEqual([
    ['9', '7'],
    ['6', '5', '3'],
  ])
})

test('a known item is replaced in its place', () => {
  const changed = putIntoPages(pages(['9', '7']), row('7', 'new'))
  expect(changed.pages[0]?.items).toEqual([row('9'), row('7', 'new')])
})

test('an empty list takes its first item', () => {
  expect(idsOf(putIntoPages(pages([]), row('1')))).toEqual([['1']])
})

test('an item older than what is loaded is left to its page', () => {
  const open = pages(['9', '7'], ['5'])
  open.pages[1]!.next = 'more'
  expect(idsOf(putIntoPages(open, row('1')))).toEqual([['9', '7'], ['5']])
})

test('removing an item keeps the others', () => {
  expect(idsOf(dropFromPages(pages(['9', '7'], ['5']), '7'))).toEqual([['9'], ['5']])
})
