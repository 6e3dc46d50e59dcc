import type { CaptionOptions } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { fetchWithDeadline } from '../../../lib/server/fetch-with-deadline.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useCaptionSession } from '../caption-session.ts'
import { cacheResponse } from './cache-response.ts'
import { imageFileUrl } from './get-image.ts'

/** Captions an image that the server already keeps, from the server's copy of it. */
export function useCaptionAgain(imageId: string) {
  const { client, queryClient } = useServices()
  const { reused } = useCaptionSession()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: async (options: Partial<CaptionOptions>) => {
      const response = await fetchWithDeadline(imageFileUrl(imageId))
      if (!response.ok) throw new Error(`The image could not be read: ${response.status}.`)
      const image = { file: await response.blob(), name: imageId }
      return client.createCaptions({ image, options })
    },
    onSuccess: (answer) => {
      cacheResponse(queryClient, reused, answer)
      announce(answer.captions.map(({ text }) => `Captioned: ${text}`).join(' '))
    },
  })
}
