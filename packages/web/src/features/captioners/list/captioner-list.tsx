import type { ConfiguredCaptioner } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services.ts'
import { configuredCaptionersQuery } from '../requests/list-configured-captioners.ts'
import { useRemoveCaptioner } from '../requests/use-remove-captioner.ts'
import { useSaveCaptioner } from '../requests/use-save-captioner.ts'
import { TestControls } from '../test-controls.tsx'
import { CaptionerCard } from './captioner-card.tsx'
import { mergeCaptioners } from './merge-captioners.ts'
import { SkeletonCards } from './skeleton-cards.tsx'

/** Everything that can caption here, and the way to more. */
export function CaptionerList() {
  const { client } = useServices()
  const captioners = useQuery(captionersQuery(client))
  const configured = useQuery(configuredCaptionersQuery(client))
  const save = useSaveCaptioner()
  const remove = useRemoveCaptioner()
  const listRef = useRef<HTMLUListElement>(null)
  const entries = mergeCaptioners(captioners.data ?? [], configured.data ?? [])
  const error = configured.error ?? captioners.error ?? save.error ?? remove.error
  const isPending = configured.isPending || captioners.isPending

  const removeOne = (own: ConfiguredCaptioner) => {
    remove.mutate(own)
    listRef.current?.focus() // the button that had it goes with its card
  }
  return (
    <>
      <SectionHeader
        title="Captioners"
        text="Who looks at your pictures and writes. Which one is asked first is said under Chain."
      >
        <Link
          to="/settings"
          search={{ section: 'captioners', add: 'choose' }}
          className={buttonClass('primary')}
        >
          <Plus size={16} aria-hidden />
          Add a captioner
        </Link>
      </SectionHeader>
      {error && <ErrorNote error={error} kept="What is set up is kept." />}
      {isPending && <SkeletonCards amount={3} />}
      {configured.data?.length === 0 && (
        <p className="measure mb-4 text-n8">
          Nothing was added yet: captions come from what Descry brings along. A model behind Ollama
          or LM Studio, or a provider’s, sees more and writes in every style.
        </p>
      )}
      <ul
        ref={listRef}
        tabIndex={-1}
        aria-label="Captioners"
        className="grid gap-4 outline-none xl:grid-cols-2 3xl:grid-cols-3"
      >
        {!isPending &&
          entries.map((entry) => {
            const { name, from } = entry
            if (typeof from === 'string') {
              return (
                <li key={name}>
                  <CaptionerCard entry={entry} onEnable={() => {}} />
                </li>
              )
            }
            const { settings } = from
            return (
              <li key={name}>
                <CaptionerCard
                  entry={entry}
                  onEnable={(enabled) => save.mutate({ settings: { ...settings, enabled } })}
                >
                  <TestControls name={name} getSetup={() => ({ settings })}>
                    <Link
                      to="/settings"
                      search={{ section: 'captioners', edit: name }}
                      aria-label={`Edit ${name}`}
                      className={buttonClass('ghost')}
                    >
                      <Pencil size={16} aria-hidden />
                      Edit
                    </Link>
                    <Button
                      variant="ghost"
                      onClick={() => removeOne(from)}
                      aria-label={`Remove ${name}`}
                    >
                      <Trash2 size={16} aria-hidden />
                      Remove
                    </Button>
                  </TestControls>
                </CaptionerCard>
              </li>
            )
          })}
      </ul>
    </>
  )
}
