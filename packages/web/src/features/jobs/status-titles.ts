import type { JobStatus } from '@descry/contract'

/** In the order they are shown: what moves first. */
export const statusTitles = {
  processing: 'Running',
  queued: 'Queued',
  failed: 'Failed',
  done: 'Done',
  canceled: 'Canceled',
} as const satisfies Record<JobStatus, string>

export const shownStatuses = Object.keys(statusTitles) as JobStatus[]
