import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type Backbone,
  type EpochReport,
  type LoadedModel,
  loadModel,
  openPreparedDataset,
  openRuntime,
  type RuntimeOptions,
  type TrainSettings,
  trainModel,
} from '@descry/ml'
import { readConfig, readEnvironment } from '@descry/server'
import packageJson from '../../package.json' with { type: 'json' }
import type { Io } from '../command.ts'
import { isStopReason, stoppedExitCodes } from '../stop-signal.ts'
import { writeResult } from '../write-result.ts'
import { openBackbone } from './open-backbone.ts'
import type { TrainCommandOptions } from './read-train-options.ts'
import { startTrainProgress, type TrainProgress } from './train-progress.ts'
import { writeReport } from './write-report.ts'

/** Returns the exit code. */
export async function runTraining(
  options: TrainCommandOptions,
  { stdout, stderr }: Io,
  signal: AbortSignal,
): Promise<number> {
  const { out, device, threads } = options
  const progress = startTrainProgress(stderr)
  const say = async (text: string) => {
    progress.clear()
    await writeResult(stdout, text)
  }
  const data = await openPreparedDataset(options.data)
  try {
    const runtime = { device, ...(threads === undefined ? {} : { threads }) }
    const init =
      options.init === undefined
        ? undefined
        : { model: await loadModel(options.init), folder: options.init }
    const backbone = await findBackbone(options, { init: init?.model, runtime, signal, progress })
    await trainModel({
      ...options,
      data,
      backbone,
      settings: backbone ? seeThrough(backbone, options.settings) : options.settings,
      dataLicence: options.licence,
      createdBy: `descry ${packageJson.version}`,
      init,
      runtime,
      signal,
      onPictures: progress.pictures,
      onStep: progress.step,
      onEpoch: (epoch) => say(`${describeEpoch(epoch)}\n`),
    })
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error // stopped before the first epoch
  } finally {
    progress.clear()
    data.close()
  }
  await writeReport(out)
  if (signal.aborted && isStopReason(signal.reason)) {
    stderr.write(`Stopped. Go on with: descry train … --out ${out} --resume\n`)
    return stoppedExitCodes[signal.reason]
  }
  await say(await describeResult(out))
  return 0
}

type Setting = {
  init: LoadedModel | undefined
  runtime: RuntimeOptions
  signal: AbortSignal
  progress: TrainProgress
}

/** The one named, or the one that the model to start from has. */
async function findBackbone(
  { backbone }: TrainCommandOptions,
  { init, runtime: runtimeOptions, signal, progress }: Setting,
): Promise<Backbone | undefined> {
  if (!backbone) {
    return init?.card.backbone && init.backbone
      ? { card: init.card.backbone, onnx: init.backbone }
      : undefined
  }
  const { hub } = readConfig(readEnvironment())
  await using runtime = await openRuntime(runtimeOptions)
  return await openBackbone(backbone, { hub, runtime, signal, onProgress: progress.download })
}

/** The same size, with the backbone's features instead of pixels. */
function seeThrough(
  { card: { imageSize, tokens, channels } }: Backbone,
  settings: TrainSettings,
): TrainSettings {
  const encoder = { kind: 'features', tokens, channels } as const
  return { ...settings, model: { ...settings.model, imageSize, encoder } }
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
