import { Button } from '../../../components/button.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { canForce } from '../../../lib/failures/can-force.ts'
import { CaptionSkeleton } from '../result/caption-skeleton.tsx'
import { FailureTrace } from './caption-failure.tsx'
import type { RequestState } from './create-request.ts'

type Props = {
  state: Exclude<RequestState, { phase: 'idle' }>
  onAgain: () => void
  /** Caption it even if it does not look like a photo. */
  onForce: () => void
  onDismiss: () => void
}

/** What stands beside the picture until its captions are there, or why they are not. */
export function RequestPanel({ state, onAgain, onForce, onDismiss }: Props) {
  if (state.phase === 'failed') {
    return (
      <ErrorNote error={state.error} kept="Nothing else was touched.">
        {canForce(state.error) ? (
          <Button onClick={onForce}>Caption it anyway</Button>
        ) : (
          <Button onClick={onAgain}>Try again</Button>
        )}
        <Button variant="ghost" onClick={onDismiss}>
          Put it aside
        </Button>
        <FailureTrace error={state.error} />
      </ErrorNote>
    )
  }
  return (
    <div className="flex flex-col gap-3">
      {(state.options.styles ?? (['concise'] as const)).map((style) => (
        <CaptionSkeleton key={style} style={style} />
      ))}
      <Button className="self-start" onClick={onDismiss}>
        Stop waiting
      </Button>
    </div>
  )
}
