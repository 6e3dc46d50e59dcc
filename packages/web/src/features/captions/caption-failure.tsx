import { ApiError, FailureDetails } from '@descry/contract'
import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { TraceList } from '../../components/trace-list.tsx'
import { canForce } from '../../lib/failures/can-force.ts'

type Props = {
  error: unknown
  kept: string
  onRetry: () => void
  /** Captions the image even if it does not look like a photo. */
  onForce: () => void
  /** More buttons. */
  children?: ReactNode
}

/** Why an image could not be captioned, what was tried, and what to do now. */
export function CaptionFailure({ error, kept, onRetry, onForce, children }: Props) {
  return (
    <ErrorNote error={error} kept={kept}>
      {canForce(error) ? (
        <Button onClick={onForce}>Caption it anyway</Button>
      ) : (
        <Button onClick={onRetry}>Try again</Button>
      )}
      {children}
      <FailedAttempts error={error} />
    </ErrorNote>
  )
}

function FailedAttempts({ error }: { error: unknown }) {
  const { data } = FailureDetails.safeParse(error instanceof ApiError ? error.details : undefined)
  if (!data || data.trace.steps.length === 0) return null
  return (
    <div className="w-full">
      <Disclosure summary={<span className="text-n9">What was tried</span>}>
        <div className="mt-2">
          <TraceList trace={data.trace} />
        </div>
      </Disclosure>
    </div>
  )
}
