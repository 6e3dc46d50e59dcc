import type { Caption } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import type { EventHandler } from '../server/apply-events.ts'
import { createThrottle } from '../server/create-throttle.ts'
import { type Pages, putIntoPages } from '../server/pages.ts'
import { historyKey, imageCaptionsKey, searchesKey } from './list-captions.ts'

const REFETCH_EVERY_MS = 1000

export function createCaptionEventHandler(queryClient: QueryClient): EventHandler {
  let changed = new Set<string>()
  // An event tells that there is a caption; its text, and whether it matches a search, the server knows.
  const refetch = createThrottle(() => {
    const imageIds = changed
    changed = new Set()
    void queryClient.invalidateQueries({ queryKey: historyKey(undefined) })
    void queryClient.invalidateQueries({ queryKey: searchesKey })
    for (const imageId of imageIds) {
      void queryClient.invalidateQueries({ queryKey: imageCaptionsKey(imageId) })
    }
  }, REFETCH_EVERY_MS)
  return (events) => {
    const captions = events.flatMap((event) => (event.type === 'caption' ? event.data : []))
    for (const { imageId } of captions) changed.add(imageId)
    if (captions.length > 0) refetch()
  }
}

/** Puts a caption into the lists that were loaded and contain it. */
export function applyCaption(queryClient: QueryClient, caption: Caption): void {
  for (const key of [historyKey(undefined), imageCaptionsKey(caption.imageId)]) {
    queryClient.setQueryData<Pages<Caption>>(key, (pages) => pages && putIntoPages(pages, caption))
  }
}
