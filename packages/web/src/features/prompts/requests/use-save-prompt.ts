import type { Prompt } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { promptsKey } from '../../../lib/prompts/list-prompts.ts'
import { useServices } from '../../../lib/services/services.ts'

/** Creates a prompt, or replaces the one with that name. */
export function useSavePrompt() {
  const { client, queryClient } = useServices()
  return useMutation({
    mutationFn: (prompt: Prompt) => client.savePrompt({ name: prompt.name, body: prompt }),
    onSuccess: ({ items }) => queryClient.setQueryData(promptsKey, items),
  })
}
