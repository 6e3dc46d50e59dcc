import type { CaptionOptions } from '@descry/contract'
import { useCallback } from 'react'
import { useAnnounce } from '../../lib/services/notices.ts'
import { useCaptionSession } from './caption-session.ts'
import { useReceiveCaptions } from './requests/use-receive-captions.ts'
import type { ImageSource } from './single/create-request.ts'

/** Captions one image at once. `onCaptioned` is called after it succeeded. */
export function useSubmitImage(
  options: Partial<CaptionOptions>,
  onCaptioned: (imageId: string) => void,
) {
  const { request } = useCaptionSession()
  const receive = useReceiveCaptions()
  const announce = useAnnounce()
  return useCallback(
    async (source: ImageSource, chosen: Partial<CaptionOptions> = options) => {
      announce('Captioning the image.')
      const response = await request.send(source, chosen)
      if (!response) return
      receive(response)
      onCaptioned(response.image.id)
    },
    [announce, request, receive, options, onCaptioned],
  )
}
