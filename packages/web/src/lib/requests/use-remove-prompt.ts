import { useMutation } from '@tanstack/react-query'
import { useServices } from '../services.ts'
import { promptsKey } from './list-prompts.ts'

export function useRemovePrompt() {
  const { client, queryClient } = useServices()
  return useMutation({
    mutationFn: (name: string) => client.removePrompt(name),
    onSuccess: ({ items }) => queryClient.setQueryData(promptsKey, items),
  })
}
