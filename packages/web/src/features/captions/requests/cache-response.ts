import type { Caption, CaptionResponse } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { applyCaption } from '../../../lib/captions/apply-caption-events.ts'
import { imageCaptionsKey } from '../../../lib/captions/list-captions.ts'
import type { Pages } from '../../../lib/server/pages.ts'
import { imageKey } from './get-image.ts'

/** Shows a response at once wherever its image or captions appear, before anything is fetched again. */
export function cacheResponse(
  queryClient: QueryClient,
  reused: Map<string, boolean>,
  { image, captions }: CaptionResponse,
): void {
  const key = imageCaptionsKey(image.id)
  queryClient.setQueryData(imageKey(image.id), image)
  queryClient.setQueryData<Pages<Caption>>(
    key,
    (pages) => pages ?? { pageParams: [undefined], pages: [{ items: [], next: null }] },
  )
  for (const { reused: isReused, ...caption } of captions) {
    reused.set(caption.id, isReused)
    applyCaption(queryClient, caption)
  }
  void queryClient.invalidateQueries({ queryKey: key })
}
