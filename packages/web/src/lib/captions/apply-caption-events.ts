import type { Caption } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { EventHandler } from '../server/apply-events.ts'
import { createThrottle } from '../server/create-throttle.ts'
import { type Pages, putIntoPages } from '../server/pages.ts'
import { historyKey, imageCaptionsKey, searchesKey } from './list-captions.ts'

const REFETCH_EVERY_MS = 1000

export function createCaptionEventHandler(queryClient: QueryClient): EventHandler {
  // Whether a new caption matches a search only the server knows.
  const refetchSearches = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: searchesKey }),
    REFETCH_EVERY_MS,
  )
  return (events) => {
    const captions = events.flatMap((event) => (event.type === 'caption' ? event.caption : []))
    for (const caption of captions) applyCaption(queryClient, caption)
    if (captions.length > 0) refetchSearches()
  }
}

/** Puts a caption into the lists that were loaded and contain it. */
export function applyCaption(queryClient: QueryClient, caption: Caption): void {
  for (const key of [historyKey(undefined), imageCaptionsKey(caption.imageId)]) {
    queryClient.setQueryData<Pages<Caption>>(key, (pages) => pages && putIntoPages(pages, caption))
  }
}
