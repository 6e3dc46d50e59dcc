import type { BatchJob, Job } from '@descry/contract'
import { useQueries } from '@tanstack/react-query'
import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useServices } from '../../../lib/services/services.ts'
import { batchPageQuery, PAGE_SIZE } from '../requests/list-batch-jobs.ts'
import { BatchRow, LoadingRow, UploadRow } from './batch-row.tsx'
import type { Upload } from './create-uploads.ts'

const ROW_HEIGHT = 105
// Wide enough for an image and a line of 66 characters.
const COLUMN_WIDTH = 800

type Props = {
  batch: BatchJob
  /** Files on their way; they stand after the images that have arrived. */
  pending: readonly Upload[]
  onOpen: (imageId: string) => void
}

/** The images of a batch in the order of their uploads. Only rows in view are rendered and loaded. */
export function BatchList({ batch: { id, items }, pending, onOpen }: Props) {
  const listRef = useRef<HTMLUListElement>(null)
  const { scrollMargin, lanes } = useLayout(listRef)
  const rows = useWindowVirtualizer({
    count: items + pending.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin,
    lanes,
  })
  const shown = rows.getVirtualItems()
  const findJob = useJobs(
    id,
    shown.map(({ index }) => index).filter((index) => index < items),
  )
  return (
    <ul
      ref={listRef}
      aria-label="Images"
      className={`relative ${lanes > 1 ? '-mr-6' : ''}`}
      style={{ height: rows.getTotalSize() }}
    >
      {shown.map(({ key, index, start, lane }) => (
        <li
          key={key}
          data-index={index}
          ref={rows.measureElement}
          className={`absolute top-0 ${lanes > 1 ? 'pr-6' : ''}`}
          style={{
            left: `${(100 * lane) / lanes}%`,
            width: `${100 / lanes}%`,
            transform: `translateY(${start - scrollMargin}px)`,
          }}
        >
          <Row job={findJob(index)} upload={pending[index - items]} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  )
}

type RowProps = { job: Job | undefined; upload: Upload | undefined; onOpen: Props['onOpen'] }

function Row({ job, upload, onOpen }: RowProps) {
  if (upload) return <UploadRow upload={upload} />
  return job?.kind === 'caption' ? <BatchRow job={job} onOpen={onOpen} /> : <LoadingRow />
}

/** Loads the pages that have the jobs at these positions. */
function useJobs(batchId: string, positions: readonly number[]) {
  const { client } = useServices()
  const pages = [...new Set(positions.map((position) => Math.floor(position / PAGE_SIZE)))]
  const queries = useQueries({
    queries: pages.map((page) => batchPageQuery(client, batchId, page)),
  })
  const jobs = new Map(pages.map((page, index) => [page, queries[index]?.data]))
  return (position: number): Job | undefined =>
    jobs.get(Math.floor(position / PAGE_SIZE))?.[position % PAGE_SIZE]
}

/** Where the list begins on the page, and how many columns fit. Both change with what is above it. */
function useLayout(ref: React.RefObject<HTMLElement | null>) {
  const [layout, setLayout] = useState({ scrollMargin: 0, lanes: 1 })
  useEffect(() => {
    const list = ref.current
    if (!list) return
    const measure = () => {
      const scrollMargin = list.offsetTop
      const lanes = Math.max(1, Math.floor(list.offsetWidth / COLUMN_WIDTH))
      setLayout((last) =>
        last.scrollMargin === scrollMargin && last.lanes === lanes ? last : { scrollMargin, lanes },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(list)
    if (list.parentElement) observer.observe(list.parentElement)
    return () => observer.disconnect()
  }, [ref])
  return layout
}
