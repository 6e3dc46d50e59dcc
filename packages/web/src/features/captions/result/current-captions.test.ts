import type { Caption } from '@descry/contract'
import { expect, test } from 'vitest'
import { currentCaptions } from './current-captions.ts'

const caption = (id: string, supersedes: string | null = null) => ({ id, supersedes }) as Caption
const ids = (captions: Caption[]) => captions.map(({ id }) => id)

test('of captions that supersede each other, the newest is current', () => {
  const { current, earlier } = currentCaptions([
    caption('c', 'b'),
    caption('x'),
    caption('b', 'a'),
    caption('a'),
  ])
  expect(ids(current)).toEqual(['c', 'x'])
  expect(ids(earlier)).toEqual(['b', 'a'])
})

test('current captions are ordered by style, and within a style by time', () => {
  const written = (id: string, style: Caption['style']) =>
    ({ id, style, supersedes: null }) as Caption
  const captions = [written('c', 'alt'), written('b', 'concise'), written('a', 'concise')]
  expect(ids(currentCaptions(captions).current)).toEqual(['b', 'a', 'c'])
})
