import { Button } from '../../../components/button.tsx'
import { CaptionFailure } from '../caption-failure.tsx'
import { CaptionSkeleton } from '../result/caption-card.tsx'
import type { RequestState } from './create-request.ts'

type Props = {
  state: Exclude<RequestState, { phase: 'idle' }>
  onRetry: () => void
  onForce: () => void
  onDismiss: () => void
}

/** Stands in for the captions of an image until they are written, or says why they are not. */
export function RequestPanel({ state, onRetry, onForce, onDismiss }: Props) {
  if (state.phase === 'failed') {
    return (
      <CaptionFailure
        error={state.error}
        kept="Nothing else was changed."
        onRetry={onRetry}
        onForce={onForce}
      >
        <Button variant="ghost" onClick={onDismiss}>
          Dismiss
        </Button>
      </CaptionFailure>
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
