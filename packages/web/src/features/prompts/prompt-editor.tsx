import type { Prompt } from '@descry/contract'
import { useNavigate } from '@tanstack/react-router'
import { BackLink } from '../../components/back-link.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { useNotify } from '../../lib/services/notices.ts'
import { PromptForm } from './prompt-form.tsx'
import { useSavePrompt } from './requests/use-save-prompt.ts'

type Props = { prompts: readonly Prompt[]; edit: string | undefined }

/** Creates a prompt, or edits the one with the name `edit`. */
export function PromptEditor({ prompts, edit }: Props) {
  const save = useSavePrompt()
  const notify = useNotify()
  const navigate = useNavigate()
  const existing = prompts.find(({ name }) => name === edit)

  if (edit !== undefined && !existing) {
    return (
      <EmptyState
        title="Prompt not found"
        text={`There is no prompt named “${edit}”. It may have been removed.`}
      >
        <BackLink section="prompts">Prompts</BackLink>
      </EmptyState>
    )
  }
  const submit = (prompt: Prompt) =>
    save.mutate(prompt, {
      onSuccess: () => {
        notify({
          text: `Saved ${prompt.name}.`,
          ...(existing && { undo: () => save.mutateAsync(existing) }),
        })
        void navigate({ to: '/settings', search: { section: 'prompts' } })
      },
    })
  return (
    <>
      <BackLink section="prompts">Prompts</BackLink>
      <h2 className="mb-5 text-large font-medium wrap-anywhere">
        {existing ? `Edit ${existing.name}` : 'Add a prompt'}
      </h2>
      <PromptForm
        existing={existing}
        takenNames={existing ? [] : prompts.map(({ name }) => name)}
        isSaving={save.isPending}
        onSave={submit}
      >
        {save.isError && (
          <ErrorNote error={save.error} kept="What you wrote is still in the form." />
        )}
      </PromptForm>
    </>
  )
}
