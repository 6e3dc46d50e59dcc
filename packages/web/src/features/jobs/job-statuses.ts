import type { JobStatus } from '@descry/contract'

/** In the order in which they are shown: active jobs first. */
export const statusLabels = {
  processing: 'Running',
  queued: 'Queued',
  failed: 'Failed',
  done: 'Done',
  canceled: 'Canceled',
} as const satisfies Record<JobStatus, string>

export const shownStatuses = Object.keys(statusLabels) as JobStatus[]
