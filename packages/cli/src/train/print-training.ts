import type {
  EpochReport,
  StartReport,
  TrainingProgress,
  TrainingResult,
} from '@descry/ml/training'
import type { Io } from '../command.ts'
import { writeResult } from '../write-result.ts'
import { startTrainProgress } from './train-progress.ts'

/** Prints what a training is at: epochs on stdout, all else on stderr. */
export function printTraining(
  { stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>,
  { out, resume }: { out: string; resume: boolean },
) {
  const line = startTrainProgress(stderr)
  const tell = (text: string) => {
    line.clear()
    stderr.write(text)
  }
  return {
    clear: line.clear,
    async print(progress: TrainingProgress): Promise<void> {
      switch (progress.kind) {
        case 'start':
          return tell(describeStart(progress, { out, resume }))
        case 'note':
          return tell(`${progress.text}\n`)
        case 'epoch':
          line.clear()
          return await writeResult(stdout, `${describeEpoch(progress.report)}\n`)
        default:
          return line.draw(progress)
      }
    },
  }
}

/** Nothing where there is nothing to know. */
function describeStart(
  { epoch, words, unknown, captions, cut, longest, unspaced }: StartReport,
  { out, resume }: { out: string; resume: boolean },
): string {
  const share = Math.round((100 * unknown) / words)
  return [
    ...(resume && epoch === 0
      ? [`There is no run in ${out} yet: it starts from the beginning.`]
      : []),
    ...(resume && epoch > 0 ? [`Resumes after epoch ${epoch}.`] : []),
    ...(share >= 10 ? [`${share} % of the words of the captions are unknown to the model.`] : []),
    ...(cut > 0
      ? [
          `${cut} of ${captions} captions are too long and are cut; the longest has ${longest} words. To learn them whole, give --length ${longest + 1}.`,
        ]
      : []),
    ...(unspaced > 0
      ? [
          `${unspaced} of ${captions} captions have no spaces between their words, so that each is one word to the model. Prepare the data with --segment.`,
        ]
      : []),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

const ofTraining = [
  ['reward', 'reward', 3],
  ['captionLoss', 'loss', 3],
  ['labelLoss', 'of labels', 4],
  ['teachLoss', 'teaching', 3],
] as const
const ofDev = [
  ['devLoss', 'loss', 3],
  ['devTeachLoss', 'teaching', 3],
  ['CIDEr', 'CIDEr', 3],
  ['Bleu_4', 'BLEU-4', 3],
] as const

/** What was measured, of training and then of dev. */
function describeEpoch(report: EpochReport): string {
  const list = (names: readonly (readonly [name: string, text: string, digits: number])[]) =>
    names
      .filter(([name]) => report[name] !== undefined)
      .map(([name, text, digits]) => `${text} ${Number(report[name]).toFixed(digits)}`)
      .join(', ')
  const dev = list(ofDev)
  return `epoch ${report.epoch}: ${list(ofTraining)}${dev && `; dev ${dev}`}`
}

/** How a stopped training is resumed. */
export const describeStop = ({ epochs }: TrainingResult, out: string): string =>
  epochs > 0
    ? `Stopped. Resume with: descry train … --out ${out} --resume\n`
    : 'Stopped before the first epoch was done.\n'

export function describeResult({ model }: TrainingResult, out: string): string {
  if (!model) return `${out} holds no model: model.json is gone.\n`
  const { epochs, teacher } = model.training
  if (teacher?.only) {
    return `${out} has learned to see up to epoch ${epochs}, and not to caption. Continue with: descry train --init ${out} --data FOLDER --out FOLDER\n`
  }
  return `${out} is the model of epoch ${epochs}. Score it with: descry evaluate --model ${out} --data FOLDER\n`
}
