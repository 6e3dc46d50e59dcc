import type { QueryClient } from '@tanstack/react-query'
import type { EventHandler } from '../server/apply-events.ts'
import { createThrottle } from '../server/create-throttle.ts'
import { captionersKey } from './list-captioners.ts'

const REFETCH_EVERY_MS = 1000

/** A captioner that fails, cools down or is back shows it wherever captioners are listed. */
export function createCaptionerEventHandler(queryClient: QueryClient): EventHandler {
  const refetch = createThrottle(
    () => queryClient.invalidateQueries({ queryKey: captionersKey }),
    REFETCH_EVERY_MS,
  )
  return (events) => {
    if (events.some(({ type }) => type === 'captioner')) refetch()
  }
}
