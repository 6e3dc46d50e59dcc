import type { CaptionJob } from '@descry/contract'
import type { Status } from './status-label.tsx'

/** One file of a batch. */
export type BatchItem = {
  key: number
  file: File
  /** The state of the upload. Once it is `sent`, the job on the server has the rest. */
  upload: 'waiting' | 'uploading' | 'sent' | 'refused' | 'stopped'
  job?: CaptionJob | undefined
  error?: unknown
}

export function itemStatus({ upload, job }: BatchItem): Status {
  if (upload === 'refused') return 'failed'
  if (upload === 'stopped') return 'canceled'
  if (upload === 'sent') return job?.status ?? 'queued'
  return upload
}

const settled: readonly Status[] = ['done', 'failed', 'canceled']
export const isSettled = (item: BatchItem) => settled.includes(itemStatus(item))

export type BatchCounts = {
  total: number
  settled: number
  done: number
  failed: number
  canceled: number
}

export function countItems(items: readonly BatchItem[]): BatchCounts {
  const counts = { total: items.length, settled: 0, done: 0, failed: 0, canceled: 0 }
  for (const item of items) {
    const status = itemStatus(item)
    if (isSettled(item)) counts.settled++
    if (status === 'done' || status === 'failed' || status === 'canceled') counts[status]++
  }
  return counts
}
