import { useEffect, useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { ProgressBar } from '../../../components/progress-bar.tsx'
import { count, formatDuration } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/services/notices.ts'
import type { BatchCounts } from './batch-item.ts'
import type { Rate } from './batch-rate.ts'

type Props = {
  counts: BatchCounts
  rate: Rate | undefined
  onStop: () => void
  onRetry: () => void
  onClear: () => void
}

/** The progress of a batch: how many are finished, the speed, the time left, and what can be done. */
export function BatchProgress({ counts, rate, onStop, onRetry, onClear }: Props) {
  const { total, settled, failed, canceled } = counts
  const left = total - settled
  const isRunning = left > 0
  const retriable = failed + canceled
  useAnnounceProgress(counts)
  return (
    <section
      aria-label="Progress of the batch"
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
              ? `${rate ? `${rate.perSecond.toFixed(1)} per second, ${formatDuration(rate.leftMs)} left. ` : ''}Uploaded images continue on the server when you close this page; see Jobs.`
              : 'All finished. The captions are kept in History.'}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          {isRunning && <Button onClick={onStop}>Stop {count(left, 'image')}</Button>}
          {!isRunning && retriable > 0 && (
            <Button onClick={onRetry}>Retry {count(retriable, 'image')}</Button>
          )}
          {!isRunning && <Button onClick={onClear}>Clear the list</Button>}
        </div>
      </div>
      <ProgressBar done={settled} total={total} label="Finished images" />
    </section>
  )
}

/** Has a screen reader say every tenth of the progress, not every image. */
function useAnnounceProgress({ total, settled, failed }: BatchCounts): void {
  const announce = useAnnounce()
  const tenths = total > 0 ? Math.floor((10 * settled) / total) : 0
  const announced = useRef(0)
  useEffect(() => {
    if (tenths > announced.current) {
      announce(`${settled} of ${count(total, 'image')} finished, ${failed} failed.`)
    }
    announced.current = tenths
  }, [tenths, settled, total, failed, announce])
}
