import type { Caption, CaptionResponse } from '@descry/contract'
import type { QueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { applyCaption } from '../../../lib/captions/apply-caption-events.ts'
import { imageCaptionsKey } from '../../../lib/captions/list-captions.ts'
import type { Pages } from '../../../lib/server/pages.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useCaptionSession } from '../caption-session.ts'
import { imageKey } from './get-image.ts'

/** Returns a function that shows new captions at once wherever they belong, and announces them. */
export function useReceiveCaptions(): (response: CaptionResponse) => void {
  const { queryClient } = useServices()
  const { reused, missing } = useCaptionSession()
  const announce = useAnnounce()
  return useCallback(
    (response) => {
      for (const caption of response.captions) reused.set(caption.id, caption.reused)
      missing.set(response.image.id, response.missing)
      cacheResponse(queryClient, response)
      announce(response.captions.map(({ text }) => `Captioned: ${text}`).join(' '))
    },
    [queryClient, reused, missing, announce],
  )
}

function cacheResponse(queryClient: QueryClient, { image, captions }: CaptionResponse): void {
  const key = imageCaptionsKey(image.id)
  queryClient.setQueryData(imageKey(image.id), image)
  queryClient.setQueryData<Pages<Caption>>(
    key,
    (pages) => pages ?? { pageParams: [undefined], pages: [{ items: [], next: null }] },
  )
  for (const { reused: _, ...caption } of captions) applyCaption(queryClient, caption)
  void queryClient.invalidateQueries({ queryKey: key })
}
