import { ApiError, FailureDetails, type Job, type Trace } from '@descry/contract'

/** Whether a captioner rejected the image as not a photo, but would caption it with `force`. */
export function canForce(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const details = FailureDetails.safeParse(error.details)
  return error.code === 'not-a-photo' || wasRejected(details.data?.trace)
}

export const canForceJob = ({ status, error, trace }: Pick<Job, 'status' | 'error' | 'trace'>) =>
  status === 'failed' && (error?.code === 'not-a-photo' || wasRejected(trace))

const wasRejected = (trace: Trace | null | undefined): boolean =>
  trace?.steps.some(({ outcome }) => outcome === 'not-a-photo') ?? false
