import type { ConfiguredCaptioner } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { useServices } from '../services.ts'
import { captionersKey } from './list-captioners.ts'
import { configuredCaptionersKey } from './list-configured-captioners.ts'

/** Removes a captioner and its key; what is shown changes at once. */
export function useRemoveCaptioner() {
  const { client, queryClient } = useServices()
  return useMutation({
    mutationFn: (name: string) => client.removeCaptioner(name),
    onMutate: async (name) => {
      await queryClient.cancelQueries({ queryKey: configuredCaptionersKey })
      queryClient.setQueryData<ConfiguredCaptioner[]>(configuredCaptionersKey, (list) =>
        list?.filter(({ settings }) => settings.name !== name),
      )
    },
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: configuredCaptionersKey }),
        queryClient.invalidateQueries({ queryKey: captionersKey }),
      ]),
  })
}
