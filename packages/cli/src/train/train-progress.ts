import type { StepReport, TrainingProgress } from '@descry/ml/training'
import type { Output } from '../command.ts'
import { formatTimeLeft } from '../format-time-left.ts'

type Drawn = Extract<TrainingProgress, { kind: 'download' | 'unlabeled' | 'features' | 'step' }>

export type TrainProgress = { draw(progress: Drawn): void; clear(): void }

/** `epoch 3/60  41/93  loss 4.31  52 images/s  1 h 40 min left`, on a terminal only. */
export function startTrainProgress(
  stream: Output,
  now: () => number = () => performance.now(),
): TrainProgress {
  if (!stream.isTTY) return { draw() {}, clear() {} }
  let started = now()
  let steps = 0
  return {
    draw(progress) {
      if (progress.kind === 'step') steps++
      else started = now()
      const seconds = (now() - started) / 1000
      stream.write(`${CLEAR_LINE}${describe(progress, { done: steps, seconds })}`)
    },
    clear: () => void stream.write(CLEAR_LINE),
  }
}

function describe(progress: Drawn, pace: { done: number; seconds: number }): string {
  switch (progress.kind) {
    case 'download':
      return `${progress.path}  ${toMb(progress.done)}/${toMb(progress.total)} MB`
    case 'unlabeled':
      return `${progress.folder}  ${progress.done}/${progress.total}`
    case 'features':
      return `features of the ${progress.network}  ${progress.done}/${progress.total}`
    case 'step':
      return describeStep(progress, pace)
  }
}

const toMb = (bytes: number) => (bytes / 1e6).toFixed(1)

/** `done` steps were made in `seconds`, in this process. */
export function describeStep(
  { epoch, epochs, step, steps, captionLoss, teachLoss, reward, images }: StepReport,
  { done, seconds }: { done: number; seconds: number },
): string {
  const left = ((epochs - epoch) * steps + steps - step) * (seconds / done)
  return [
    `epoch ${epoch}/${epochs}`,
    `${step}/${steps}`,
    ...(reward === undefined ? show('loss', captionLoss, 2) : show('reward', reward, 3)),
    ...show('teaching', teachLoss, 3),
    `${((done * images) / seconds).toFixed(0)} images/s`,
    `${formatTimeLeft(left)} left`,
  ].join('  ')
}

const show = (name: string, value: number | undefined, digits: number): string[] =>
  value === undefined ? [] : [`${name} ${value.toFixed(digits)}`]

const CLEAR_LINE = '\r\u001b[2K'
