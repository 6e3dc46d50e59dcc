import type { Prompt } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { promptsKey } from '../../../lib/prompts/list-prompts.ts'
import { useNotify } from '../../../lib/services/notices.ts'
import { useServices } from '../../../lib/services/services.ts'
import { useSavePrompt } from './use-save-prompt.ts'

/** Removes a prompt, and offers to undo it. */
export function useRemovePrompt() {
  const { client, queryClient } = useServices()
  const save = useSavePrompt()
  const notify = useNotify()
  return useMutation({
    mutationFn: ({ name }: Prompt) => client.removePrompt({ name }),
    onSuccess: ({ items }, prompt) => {
      queryClient.setQueryData(promptsKey, items)
      notify({ text: `Removed ${prompt.name}.`, undo: () => save.mutateAsync(prompt) })
    },
  })
}
