import type { CaptioningRules } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { captioningRulesKey } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersKey } from '../../../lib/captioners/list-captioners.ts'
import { useNotify } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'

type Change = { rules: CaptioningRules; message: string | undefined }

/** Changes the rules at once, and offers to undo it by restoring the rules as they were. */
export function useChangeRules() {
  const { client, queryClient } = useServices()
  const notify = useNotify()
  const save = useMutation({
    mutationKey: captioningRulesKey,
    scope: { id: 'captioning-rules' }, // one after the other, in the order in which they were made
    mutationFn: ({ rules }: Change) => client.saveCaptioningRules({ body: rules }),
    onMutate: ({ rules }) => {
      void queryClient.cancelQueries({ queryKey: captioningRulesKey })
      const before = queryClient.getQueryData<CaptioningRules>(captioningRulesKey)
      queryClient.setQueryData(captioningRulesKey, rules)
      return before
    },
    onSuccess: (_saved, { message }, before) => {
      if (message === undefined || !before) return
      notify({
        text: message,
        undo: () => save.mutateAsync({ rules: before, message: undefined }),
      })
    },
    onError: (_error, _change, before) => queryClient.setQueryData(captioningRulesKey, before),
    onSettled: () => {
      // While another change is pending, what the server has is older than what is shown.
      if (queryClient.isMutating({ mutationKey: captioningRulesKey }) > 1) return
      void queryClient.invalidateQueries({ queryKey: captioningRulesKey })
      void queryClient.invalidateQueries({ queryKey: captionersKey })
    },
  })
  const change = (part: Partial<CaptioningRules>, message: string) => {
    const rules = queryClient.getQueryData<CaptioningRules>(captioningRulesKey)
    if (rules) save.mutate({ rules: { ...rules, ...part }, message })
  }
  return { change, saveError: save.error }
}
