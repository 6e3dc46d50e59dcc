import type { CaptionerSettings, CaptionerSetup, ConfiguredCaptioner } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { captionersKey } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services/services.ts'
import { configuredCaptionersKey } from './list-configured-captioners.ts'

/** Without `key` the stored one is kept; null removes it. */
export type Setup = CaptionerSetup & { settings: CaptionerSettings }

/** Creates or replaces a captioner. What is shown changes at once. */
export function useSaveCaptioner() {
  const { client, queryClient } = useServices()
  return useMutation({
    mutationFn: (setup: Setup) => client.saveCaptioner({ name: setup.settings.name, body: setup }),
    onMutate: ({ settings }) => {
      void queryClient.cancelQueries({ queryKey: configuredCaptionersKey })
      queryClient.setQueryData<ConfiguredCaptioner[]>(configuredCaptionersKey, (list) =>
        list?.map((each) => (each.settings.name === settings.name ? { ...each, settings } : each)),
      )
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: configuredCaptionersKey }),
        queryClient.invalidateQueries({ queryKey: captionersKey }),
      ]),
  })
}
