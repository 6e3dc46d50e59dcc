import type { Prompt } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { promptsKey } from '../../lib/requests/list-prompts.ts'
import { useSavePrompt } from '../../lib/requests/use-save-prompt.ts'
import { useServices } from '../../lib/services.ts'
import { useNotify } from '../../lib/use-notify.ts'

/** Removes a prompt and offers the way back. */
export function useRemovePrompt() {
  const { client, queryClient } = useServices()
  const save = useSavePrompt()
  const notify = useNotify()
  return useMutation({
    mutationFn: ({ name }: Prompt) => client.removePrompt(name),
    onSuccess: ({ items }, prompt) => {
      queryClient.setQueryData(promptsKey, items)
      notify({ text: `Removed ${prompt.name}.`, undo: () => save.mutateAsync(prompt) })
    },
  })
}
