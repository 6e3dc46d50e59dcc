import type { CaptionOptions } from '@descry/contract'
import { useCallback } from 'react'
import { useAnnounce } from '../../lib/services/notices.ts'
import { useCaptionSession } from './caption-session.ts'
import { useReceiveCaptions } from './requests/use-receive-captions.ts'
import type { ImageSource } from './single/create-request.ts'

/** Captions one image at once, or many as jobs. `onCaptioned` is called after a single one succeeded. */
export function useSubmitImages(
  options: Partial<CaptionOptions>,
  onCaptioned: (imageId: string) => void,
) {
  const { batch, request } = useCaptionSession()
  const receive = useReceiveCaptions()
  const announce = useAnnounce()

  const submitOne = useCallback(
    async (source: ImageSource, chosen: Partial<CaptionOptions> = options) => {
      announce('Captioning the image.')
      const response = await request.send(source, chosen)
      if (!response) return
      receive(response)
      onCaptioned(response.image.id)
    },
    [announce, request, receive, options, onCaptioned],
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
