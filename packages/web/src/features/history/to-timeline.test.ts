import type { Caption } from '@descry/contract'
import { expect, test } from 'vitest'
import { toTimeline } from './to-timeline.ts'

const now = new Date(2026, 10, 21, 12)
const caption = (id: string, day: number, hour = 9) =>
  ({ id, createdAt: new Date(2026, 10, day, hour).toISOString() }) as Caption

const shape = (rows: ReturnType<typeof toTimeline>) =>
  rows.map((row) => (row.kind === 'day' ? row.label : row.captions.map(({ id }) => id).join('')))

test('captions stand under their day, newest day first', () => {
  const rows = toTimeline([caption('a', 21), caption('b', 20), caption('c', 20)], 1, now)
  expect(shape(rows)).toEqual(['Today', 'a', 'Yesterday', 'b', 'c'])
})

test('a row takes as many captions as there are columns, and never mixes days', () => {
  const list = ['a', 'b', 'c'].map((id) => caption(id, 21))
  const rows = toTimeline([...list, caption('d', 20)], 2, now)
  expect(shape(rows)).toEqual(['Today', 'ab', 'c', 'Yesterday', 'd'])
})

test('a day of another year says its year', () => {
  const old = { id: 'a', createdAt: new Date(2024, 0, 5).toISOString() } as Caption
  expect(shape(toTimeline([old], 1, now))[0]).toContain('2024')
})

test('nothing gives no rows', () => {
  expect(toTimeline([], 3, now)).toEqual([])
})
