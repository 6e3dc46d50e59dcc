import type { BatchJob } from '@descry/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Images } from 'lucide-react'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { count, formatNumber } from '../../../lib/format.ts'
import { useServices } from '../../../lib/services/services.ts'
import { jobsQuery } from '../requests/list-jobs.ts'
import { batchTitle, isIncomplete } from './batch-title.ts'

const MAX_SHOWN = 3

/** Leads to the batches that are not finished, wherever they were started. */
export function BatchesUnderWay() {
  const { client } = useServices()
  const { data } = useInfiniteQuery(jobsQuery(client, 'processing'))
  const batches = (data?.pages[0]?.items ?? []).filter((job) => job.kind === 'batch')
  if (batches.length === 0) return null
  return (
    <nav aria-label="Batches under way" className="flex flex-col gap-2">
      {batches.slice(0, MAX_SHOWN).map((batch) => (
        <BatchLink key={batch.id} batch={batch} />
      ))}
      {batches.length > MAX_SHOWN && (
        <Link to="/jobs" className="w-fit rounded-sm text-small text-n7 underline">
          {count(batches.length - MAX_SHOWN, 'more batch', 'more batches')}
        </Link>
      )}
    </nav>
  )
}

function BatchLink({ batch }: { batch: BatchJob }) {
  const { done, failed, total } = batch.progress
  const arrived = isIncomplete(batch) ? `, ${formatNumber(batch.items)} arrived` : ''
  return (
    <Link
      to="/"
      search={{ batch: batch.id }}
      className="flex items-center gap-3 rounded-md border border-n4 bg-n0 px-3 py-2 hover:border-n6"
    >
      <Images size={20} aria-hidden className="shrink-0 text-n7" />
      <span className="min-w-0 grow">
        <span className="flex items-baseline justify-between gap-4">
          <span className="truncate font-medium">{batchTitle(batch)}</span>
          <span className="shrink-0 text-small text-n7">
            {formatNumber(done)} of {formatNumber(total)}
            {arrived}
            {failed > 0 && <span className="text-alarm">, {formatNumber(failed)} failed</span>}
          </span>
        </span>
        <span className="mt-1 block">
          <ProgressBar done={done} total={total} label={`Progress of ${batchTitle(batch)}`} />
        </span>
      </span>
    </Link>
  )
}
