import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EpochReport, loadModel, openPreparedDataset, trainModel } from '@descry/ml'
import packageJson from '../../package.json' with { type: 'json' }
import type { Io } from '../command.ts'
import { isStopReason, stoppedExitCodes } from '../stop-signal.ts'
import type { TrainCommandOptions } from './read-train-options.ts'
import { startTrainProgress } from './train-progress.ts'
import { writeReport } from './write-report.ts'

/** Returns the exit code. */
export async function runTraining(
  options: TrainCommandOptions,
  { stdout, stderr }: Io,
  signal: AbortSignal,
): Promise<number> {
  const { out, init, threads } = options
  const data = await openPreparedDataset(options.data)
  const progress = startTrainProgress(stderr)
  try {
    await trainModel({
      ...options,
      data,
      dataLicence: options.licence,
      createdBy: `descry ${packageJson.version}`,
      init: init === undefined ? undefined : { model: await loadModel(init), folder: init },
      runtime: { device: options.device, ...(threads === undefined ? {} : { threads }) },
      signal,
      onStep: progress.step,
      onEpoch(epoch) {
        progress.clear()
        stdout.write(`${describeEpoch(epoch)}\n`)
      },
    })
  } finally {
    progress.clear()
    data.close()
  }
  await writeReport(out)
  if (signal.aborted && isStopReason(signal.reason)) {
    stderr.write(`Stopped. Go on with: descry train … --out ${out} --resume\n`)
    return stoppedExitCodes[signal.reason]
  }
  stdout.write(await describeResult(out))
  return 0
}

function describeEpoch({ epoch, captionLoss, labelLoss, ...scores }: EpochReport): string {
  const number = (name: string) => Number(scores[name] ?? 0).toFixed(3)
  const loss = `loss ${captionLoss.toFixed(3)}, of labels ${labelLoss.toFixed(4)}`
  const dev = scores.devLoss === undefined ? '' : `loss ${number('devLoss')}, `
  return `epoch ${epoch}: ${loss}; dev ${dev}CIDEr ${number('CIDEr')}, BLEU-4 ${number('Bleu_4')}`
}

async function describeResult(out: string): Promise<string> {
  const { training } = JSON.parse(await readFile(join(out, 'model.json'), 'utf8'))
  return `${out} is the model of epoch ${training.epochs}. Score it with: descry evaluate --model ${out} --data FOLDER\n`
}
