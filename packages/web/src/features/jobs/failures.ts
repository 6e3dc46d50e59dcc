import { type ErrorCode, errorCodes, type Job } from '@descry/contract'

export type FailureGroup = { code: ErrorCode; jobs: Job[] }

/** Failed jobs by kind of failure, the most frequent kind first. */
export function groupFailures(jobs: readonly Job[]): FailureGroup[] {
  const groups = Map.groupBy(jobs, ({ error }) => error?.code ?? 'internal')
  return [...groups]
    .map(([code, members]) => ({ code, jobs: members }))
    .sort((one, other) => other.jobs.length - one.jobs.length)
}

/** Whether the same attempt, made later, may succeed. */
export const isWorthRetrying = (code: ErrorCode) => errorCodes[code].retry
