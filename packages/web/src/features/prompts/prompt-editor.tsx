import type { Prompt } from '@descry/contract'
import { useNavigate } from '@tanstack/react-router'
import { BackLink } from '../../components/back-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { useNotify } from '../../lib/notices.ts'
import { PromptForm } from './prompt-form.tsx'
import { useSavePrompt } from './requests/use-save-prompt.ts'

type Props = { prompts: readonly Prompt[]; edit: string | undefined }

/** Writes a new prompt, or changes the one of a name. */
export function PromptEditor({ prompts, edit }: Props) {
  const save = useSavePrompt()
  const notify = useNotify()
  const navigate = useNavigate()
  const own = prompts.find(({ name }) => name === edit)

  if (edit !== undefined && !own) {
    return (
      <EmptyState title="There is no such prompt" text={`${edit} may have been removed.`}>
        <BackLink section="prompts">Prompts</BackLink>
      </EmptyState>
    )
  }
  const store = (prompt: Prompt) =>
    save.mutate(prompt, {
      onSuccess: () => {
        notify({
          text: `Saved ${prompt.name}.`,
          ...(own && { undo: () => save.mutateAsync(own) }),
        })
        void navigate({ to: '/settings', search: { section: 'prompts' } })
      },
    })
  return (
    <>
      <BackLink section="prompts">Prompts</BackLink>
      <h2 className="mb-5 text-large font-medium wrap-anywhere">
        {own ? `Edit ${own.name}` : 'Add a prompt'}
      </h2>
      <PromptForm
        own={own}
        taken={own ? [] : prompts.map(({ name }) => name)}
        isSaving={save.isPending}
        onSave={store}
      >
        {save.isError && <ErrorNote error={save.error} kept="What you wrote is still here." />}
      </PromptForm>
    </>
  )
}
