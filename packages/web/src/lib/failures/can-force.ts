import { ApiError, FailureDetails, type Job, type Trace } from '@descry/contract'

/** A captioner took the image for something else than a photo, and would caption it if told to. */
export function canForce(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const details = FailureDetails.safeParse(error.details)
  return error.code === 'not-a-photo' || wasTurnedDown(details.data?.trace)
}

export const canForceJob = ({ status, error, trace }: Pick<Job, 'status' | 'error' | 'trace'>) =>
  status === 'failed' && (error?.code === 'not-a-photo' || wasTurnedDown(trace))

const wasTurnedDown = (trace: Trace | null | undefined): boolean =>
  trace?.steps.some(({ outcome }) => outcome === 'not-a-photo') ?? false
