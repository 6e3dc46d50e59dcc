import type { StepReport } from '@descry/ml'
import type { Output } from '../command.ts'

export type TrainProgress = {
  /** A file of a backbone comes over the network; bytes. */
  download(progress: { path: string; done: number; total: number }): void
  /** A backbone or a teacher looks at the pictures. */
  pictures(progress: { who?: 'backbone' | 'teacher'; done: number; total: number }): void
  /** Pictures without captions are decoded. */
  extra(progress: { from: string; done: number; total: number }): void
  step(report: StepReport): void
  clear(): void
}

/** `epoch 3/60  41/93  loss 4.31  52 images/s  1 h 40 min left`, on a terminal only. */
export function startTrainProgress(
  stream: Output,
  now: () => number = () => performance.now(),
): TrainProgress {
  if (!stream.isTTY) return { download() {}, pictures() {}, extra() {}, step() {}, clear() {} }
  let started = now()
  let done = 0
  const draw = (text: string) => void stream.write(`${CLEAR_LINE}${text}`)
  return {
    download({ path, done, total }) {
      draw(`${path}  ${toMb(done)}/${toMb(total)} MB`)
      started = now()
    },
    pictures({ who = 'backbone', done, total }) {
      draw(`the ${who} looks at the pictures  ${done}/${total}`)
      started = now()
    },
    extra({ from, done, total }) {
      draw(`${from}  ${done}/${total}`)
      started = now()
    },
    step(report) {
      done++
      draw(describeStep(report, { done, seconds: (now() - started) / 1000 }))
    },
    clear: () => void stream.write(CLEAR_LINE),
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
    `${formatTime(left)} left`,
  ].join('  ')
}

const show = (name: string, value: number | undefined, digits: number): string[] =>
  value === undefined ? [] : [`${name} ${value.toFixed(digits)}`]

function formatTime(seconds: number): string {
  const minutes = Math.ceil(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

const CLEAR_LINE = '\r\u001b[2K'
