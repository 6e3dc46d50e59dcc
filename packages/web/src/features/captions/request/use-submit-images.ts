import type { CaptionOptions } from '@descry/contract'
import { useCallback } from 'react'
import { useAnnounce } from '../../../lib/notices.ts'
import { useServices } from '../../../lib/services.ts'
import { useCaptionSession } from '../caption-session.ts'
import { cacheResponse } from '../requests/cache-response.ts'
import type { ImageSource } from './create-request.ts'

/** Sends one image now, or many as jobs. `onCaptioned` hears of a single one that succeeded. */
export function useSubmitImages(
  options: Partial<CaptionOptions>,
  onCaptioned: (imageId: string) => void,
) {
  const { queryClient } = useServices()
  const { batch, request, reused } = useCaptionSession()
  const announce = useAnnounce()

  const submitOne = useCallback(
    async (source: ImageSource, chosen: Partial<CaptionOptions> = options) => {
      announce('Captioning the image.')
      const answer = await request.send(source, chosen)
      if (!answer) return
      cacheResponse(queryClient, reused, answer)
      announce(answer.captions.map(({ text }) => `Captioned: ${text}`).join(' '))
      onCaptioned(answer.image.id)
    },
    [announce, request, queryClient, reused, options, onCaptioned],
  )

  const submitMany = useCallback(
    (files: File[]) => {
      request.dismiss()
      batch.add(files, options)
    },
    [batch, request, options],
  )
  return { submitOne, submitMany }
}
