import type { StepReport } from '@descry/ml'
import type { Output } from '../command.ts'

export type TrainProgress = { step(report: StepReport): void; clear(): void }

/** `epoch 3/60  41/93  loss 4.31  52 images/s  1 h 40 min left`, on a terminal only. */
export function startTrainProgress(
  stream: Output,
  now: () => number = () => performance.now(),
): TrainProgress {
  if (!stream.isTTY) return { step() {}, clear() {} }
  const started = now()
  let done = 0
  return {
    step(report) {
      done++
      const seconds = (now() - started) / 1000
      stream.write(`${CLEAR_LINE}${describeStep(report, { done, seconds })}`)
    },
    clear: () => void stream.write(CLEAR_LINE),
  }
}

/** `done` steps were made in `seconds`, in this process. */
export function describeStep(
  { epoch, epochs, step, steps, captionLoss, reward, images }: StepReport,
  { done, seconds }: { done: number; seconds: number },
): string {
  const left = ((epochs - epoch) * steps + steps - step) * (seconds / done)
  return [
    `epoch ${epoch}/${epochs}`,
    `${step}/${steps}`,
    reward === undefined ? `loss ${captionLoss.toFixed(2)}` : `reward ${reward.toFixed(3)}`,
    `${((done * images) / seconds).toFixed(0)} images/s`,
    `${formatTime(left)} left`,
  ].join('  ')
}

function formatTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const CLEAR_LINE = '\r\u001b[2K'
