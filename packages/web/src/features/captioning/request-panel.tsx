import { Button } from '../../components/button.tsx'
import { ErrorNote } from '../../components/error-note.tsx'
import { FailureTrace } from '../../components/failure-trace.tsx'
import { CaptionSkeleton } from './caption-skeleton.tsx'
import type { RequestState } from './create-request.ts'

type Props = {
  state: Exclude<RequestState, { phase: 'idle' }>
  onAgain: () => void
  onDismiss: () => void
}

/** What stands beside the picture until its captions are there, or why they are not. */
export function RequestPanel({ state, onAgain, onDismiss }: Props) {
  if (state.phase === 'failed') {
    return (
      <ErrorNote error={state.error} kept="Nothing else was touched.">
        <Button onClick={onAgain}>Try again</Button>
        <Button look="quiet" onClick={onDismiss}>
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
