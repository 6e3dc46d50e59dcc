import type { Caption } from '@descry/contract'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { Pages } from '../server/pages.ts'
import { applyCaption } from './apply-caption-events.ts'
import { historyKey } from './list-captions.ts'

const pages = (...items: Caption[]): Pages<Caption> => ({
  pageParams: [undefined],
  pages: [{ items, next: null }],
})

test('a new caption leads the history', () => {
  const queryClient = new QueryClient()
  const caption = (id: string) => ({ id, imageId: 'a' }) as Caption
  queryClient.setQueryData(historyKey(undefined), pages(caption('1')))
  applyCaption(queryClient, caption('2'))
  expect(queryClient.getQueryData(historyKey(undefined))).toEqual(pages(caption('2'), caption('1')))
})
