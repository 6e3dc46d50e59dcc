import { type Prompt, Style } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { AddLink } from '../../components/add-link.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { SectionHeader } from '../../components/section-header.tsx'
import { SkeletonLines } from '../../components/skeleton-lines.tsx'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { promptsQuery } from '../../lib/prompts/list-prompts.ts'
import { useServices } from '../../lib/services/services.ts'
import { PromptCard } from './prompt-card.tsx'
import { PromptEditor } from './prompt-editor.tsx'
import { useRemovePrompt } from './requests/use-remove-prompt.ts'

type Props = { isAdding: boolean; edit: string | undefined }

/** The saved prompts by style, or the form of one. */
export function PromptsView({ isAdding, edit }: Props) {
  const { client } = useServices()
  const query = useQuery(promptsQuery(client))
  const remove = useRemovePrompt()
  const listRef = useRef<HTMLDivElement>(null)

  if (query.isError) return <ErrorNote error={query.error} />
  if (!query.data) return <SkeletonLines widths={['30%', '60%', '60%']} />
  const prompts = query.data.map(({ updatedAt: _, ...prompt }): Prompt => prompt)
  if (isAdding || edit !== undefined) {
    return <PromptEditor key={edit ?? ''} prompts={prompts} edit={edit} />
  }
  const removeOne = (prompt: Prompt) => {
    remove.mutate(prompt)
    listRef.current?.focus() // the focused button disappears with its card
  }
  return (
    <div className="max-w-3xl">
      <SectionHeader
        title="Prompts"
        text="Instructions for models that follow them. Choose a saved prompt on the Caption page, under More; without one, each style uses its default."
      >
        <AddLink section="prompts" add="prompt">
          Add a prompt
        </AddLink>
      </SectionHeader>
      {remove.isError && <ErrorNote error={remove.error} kept="The prompt was not removed." />}
      {prompts.length === 0 && (
        <p className="rounded-md border border-n4 bg-n0 p-6 text-n7">
          No prompts yet. Add one if captions should follow a house style, use certain names, or
          leave something out.
        </p>
      )}
      <div ref={listRef} tabIndex={-1} className="flex flex-col gap-8 outline-none">
        {Style.options.map((style) => {
          const ofStyle = prompts.filter((prompt) => prompt.style === style)
          if (ofStyle.length === 0) return null
          return (
            <div key={style}>
              <h3 className="mb-2 font-medium">
                {styleLabels[style].name}{' '}
                <span className="text-small font-normal text-n7">{styleLabels[style].purpose}</span>
              </h3>
              <ul className="flex flex-col gap-3">
                {ofStyle.map((prompt) => (
                  <li key={prompt.name}>
                    <PromptCard prompt={prompt} onRemove={() => removeOne(prompt)} />
                  </li>
                ))}
              </ul>
            </div>
          )
        })}
      </div>
    </div>
  )
}
