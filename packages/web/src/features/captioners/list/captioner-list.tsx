import type { ConfiguredCaptioner } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useRef } from 'react'
import { Button, buttonClass } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services.ts'
import { configuredCaptionersQuery } from '../requests/list-configured-captioners.ts'
import { useRemoveCaptioner } from '../requests/use-remove-captioner.ts'
import { useSaveCaptioner } from '../requests/use-save-captioner.ts'
import { TestControls } from '../test-controls.tsx'
import { CaptionerCard } from './captioner-card.tsx'
import { captionerEntries } from './captioner-entries.ts'

const gridClass = 'grid gap-4 xl:grid-cols-2 3xl:grid-cols-3'

/** All captioners, and a link to add more. */
export function CaptionerList() {
  const { client } = useServices()
  const captioners = useQuery(captionersQuery(client))
  const configured = useQuery(configuredCaptionersQuery(client))
  const save = useSaveCaptioner()
  const remove = useRemoveCaptioner()
  const listRef = useRef<HTMLUListElement>(null)
  const error = configured.error ?? captioners.error ?? save.error ?? remove.error
  const isPending = configured.isPending || captioners.isPending
  const entries = isPending ? [] : captionerEntries(captioners.data ?? [], configured.data ?? [])

  const removeOne = (captioner: ConfiguredCaptioner) => {
    remove.mutate(captioner)
    listRef.current?.focus() // the focused button disappears with its card
  }
  return (
    <>
      <ListHeader />
      {error && <ErrorNote error={error} kept="The captioners are kept as they were." />}
      {isPending && <SkeletonCards />}
      {configured.data?.length === 0 && (
        <p className="measure mb-4 text-n8">
          None were added yet, so captions come from what is built into Descry. A model in Ollama or
          LM Studio, or a cloud provider’s, sees more and writes in every style.
        </p>
      )}
      <ul
        ref={listRef}
        tabIndex={-1}
        aria-label="Captioners"
        className={`${gridClass} outline-none`}
      >
        {entries.map((entry) => (
          <li key={entry.name}>
            {entry.configured ? (
              <ConfiguredCard
                entry={entry}
                configured={entry.configured}
                onEnable={(settings) => save.mutate({ settings })}
                onRemove={removeOne}
              />
            ) : (
              <CaptionerCard entry={entry} />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function ListHeader() {
  return (
    <SectionHeader
      title="Captioners"
      text="The models and services that look at your images and write. In which order they are asked is set under Chain."
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
  )
}

type ConfiguredCardProps = {
  entry: Parameters<typeof CaptionerCard>[0]['entry']
  configured: ConfiguredCaptioner
  onEnable: (settings: ConfiguredCaptioner['settings']) => void
  onRemove: (captioner: ConfiguredCaptioner) => void
}

function ConfiguredCard({ entry, configured, onEnable, onRemove }: ConfiguredCardProps) {
  const { settings } = configured
  return (
    <CaptionerCard entry={entry} onEnable={(enabled) => onEnable({ ...settings, enabled })}>
      <TestControls name={entry.name} getSetup={() => ({ settings })}>
        <Link
          to="/settings"
          search={{ section: 'captioners', edit: entry.name }}
          aria-label={`Edit ${entry.name}`}
          className={buttonClass('ghost')}
        >
          <Pencil size={16} aria-hidden />
          Edit
        </Link>
        <Button
          variant="ghost"
          onClick={() => onRemove(configured)}
          aria-label={`Remove ${entry.name}`}
        >
          <Trash2 size={16} aria-hidden />
          Remove
        </Button>
      </TestControls>
    </CaptionerCard>
  )
}

function SkeletonCards() {
  return (
    <div className={gridClass}>
      {Array.from({ length: 3 }, (_, index) => (
        <div key={index} className="min-h-56 rounded-md border border-n4 bg-n0 p-4">
          <SkeletonLines widths={['40%', '25%', '70%', '85%']} />
        </div>
      ))}
    </div>
  )
}
