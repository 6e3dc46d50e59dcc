import { Button } from '../../../components/button.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { count, formatDuration } from '../../../lib/format.ts'
import type { BatchCounts } from './batch-item.ts'
import type { Rate } from './batch-rate.ts'

type Props = {
  counts: BatchCounts
  rate: Rate | undefined
  onStop: () => void
  onRetry: () => void
  onClear: () => void
}

/** How far all of them are: done, speed, time left, stop. */
export function BatchProgress({ counts, rate, onStop, onRetry, onClear }: Props) {
  const { total, settled, failed, canceled } = counts
  const left = total - settled
  const isRunning = left > 0
  const again = failed + canceled
  return (
    <section
      aria-label="Progress of all images"
      className="sticky top-12 z-10 -mt-4 flex flex-col gap-2 bg-n1 pt-4 pb-1"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="text-large font-medium">
            {settled} of {count(total, 'image')}
            {failed > 0 && <span className="text-alarm">, {failed} failed</span>}
            {canceled > 0 && <span className="text-n7">, {canceled} canceled</span>}
          </h1>
          <p className="text-small text-n7">
            {isRunning
              ? `${rate ? `${rate.perSecond.toFixed(1)} per second, ${formatDuration(rate.leftMs)} left. ` : ''}Sent images continue on the server when you close this page; see Jobs.`
              : 'All settled. The captions are kept in History.'}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {isRunning && <Button onClick={onStop}>Stop {count(left, 'image')}</Button>}
          {!isRunning && again > 0 && (
            <Button onClick={onRetry}>Retry {count(again, 'image')}</Button>
          )}
          {!isRunning && <Button onClick={onClear}>New images</Button>}
        </div>
      </div>
      <ProgressBar done={settled} total={total} label="Images done" />
    </section>
  )
}
