import type { CaptionOptions } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { fetchWithDeadline } from '../../../lib/server/fetch-with-deadline.ts'
import { useServices } from '../../../lib/services/services.ts'
import { imageFileUrl } from './get-image.ts'
import { useReceiveCaptions } from './use-receive-captions.ts'

/** Captions an image that the server already keeps, from the server's copy of it. */
export function useCaptionAgain(imageId: string) {
  const { client } = useServices()
  const receive = useReceiveCaptions()
  return useMutation({
    mutationFn: async (options: Partial<CaptionOptions>) => {
      const response = await fetchWithDeadline(imageFileUrl(imageId))
      if (!response.ok) throw new Error(`The image could not be read: ${response.status}.`)
      const image = { file: await response.blob(), name: imageId }
      return client.createCaptions({ image, options })
    },
    onSuccess: receive,
  })
}
