import type { Prompt } from '@descry/contract'
import { useMutation } from '@tanstack/react-query'
import { useServices } from '../services.ts'
import { promptsKey } from './list-prompts.ts'

/** Creates a prompt, or replaces the one of that name. */
export function useSavePrompt() {
  const { client, queryClient } = useServices()
  return useMutation({
    mutationFn: (prompt: Prompt) => client.savePrompt(prompt),
    onSuccess: ({ items }) => queryClient.setQueryData(promptsKey, items),
  })
}
