import type { ConfiguredCaptioner } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { AddLink } from '../../../components/add-link.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services/services.ts'
import { configuredCaptionersQuery } from '../requests/list-configured-captioners.ts'
import { useRemoveCaptioner } from '../requests/use-remove-captioner.ts'
import { useSaveCaptioner } from '../requests/use-save-captioner.ts'
import { CaptionerCard } from './captioner-card.tsx'
import { captionerEntries } from './captioner-entries.ts'
import { ConfiguredCard } from './configured-card.tsx'

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
      <SectionHeader
        title="Captioners"
        text="The models and services that write captions. The chain sets the order in which they are asked."
      >
        <AddLink section="captioners" add="choose">
          Add a captioner
        </AddLink>
      </SectionHeader>
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
