import type { ConfiguredCaptioner } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import {
  captioningRulesKey,
  captioningRulesQuery,
} from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersKey } from '../../../lib/captioners/list-captioners.ts'
import { useNotify } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { configuredCaptionersKey } from './list-configured-captioners.ts'
import { removeFromRules } from './remove-from-rules.ts'

/** Removes a captioner, also from the rules, and offers to undo it. Its key cannot be restored. */
export function useRemoveCaptioner() {
  const { client, queryClient } = useServices()
  const notify = useNotify()

  const refresh = () => {
    for (const queryKey of [configuredCaptionersKey, captionersKey, captioningRulesKey]) {
      void queryClient.invalidateQueries({ queryKey })
    }
  }
  return useMutation({
    mutationFn: async ({ settings }: ConfiguredCaptioner) => {
      const before = await queryClient.fetchQuery(captioningRulesQuery(client))
      const after = removeFromRules(before, settings.name)
      if (after !== before) await client.saveCaptioningRules({ body: after })
      await client.removeCaptioner({ name: settings.name })
      return async () => {
        await client.saveCaptioner({ name: settings.name, body: { settings } })
        if (after !== before) await client.saveCaptioningRules({ body: before })
        refresh()
      }
    },
    onMutate: ({ settings: { name } }) => {
      void queryClient.cancelQueries({ queryKey: configuredCaptionersKey })
      queryClient.setQueryData<ConfiguredCaptioner[]>(configuredCaptionersKey, (list) =>
        list?.filter(({ settings }) => settings.name !== name),
      )
    },
    onSuccess: (undo, removed) => notify({ text: describeRemoval(removed), undo }),
    onSettled: refresh,
  })
}

const describeRemoval = ({ settings: { name }, keyHint }: ConfiguredCaptioner) =>
  keyHint === null
    ? `Removed ${name}.`
    : `Removed ${name}. Its key ••••${keyHint} is deleted: undo restores everything but the key.`
