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
  type StartReport,
  type TrainingSettings,
  trainModel,
} from '@descry/ml'
import { readConfig, readEnvironment } from '@descry/server'
import packageJson from '../../package.json' with { type: 'json' }
import type { Io } from '../command.ts'
import { isStopReason, stoppedExitCodes } from '../stop-signal.ts'
import { writeResult } from '../write-result.ts'
import { openBackbone } from './open-backbone.ts'
import type { BackboneOptions, TrainCommandOptions } from './read-train-options.ts'
import { startTrainProgress, type TrainProgress } from './train-progress.ts'
import { writeReport } from './write-report.ts'

/** Returns the exit code. */
export async function runTraining(
  options: TrainCommandOptions,
  { stdout, stderr, env }: Io,
  signal: AbortSignal,
): Promise<number> {
  const { out, device, threads } = options
  const progress = startTrainProgress(stderr)
  const say = async (text: string) => {
    progress.clear()
    await writeResult(stdout, text)
  }
  const data = await openPreparedDataset(options.data, { verify: true })
  let done = 0
  try {
    const runtime = { device, ...(threads === undefined ? {} : { threads }) }
    const init =
      options.init === undefined
        ? undefined
        : { model: await loadModel(options.init), folder: options.init }
    const setting = { init: init?.model, runtime, signal, progress, env }
    const backbone = await findBackbone(options, setting)
    const teacher = options.teacher && (await openNetwork(options.teacher, setting))
    const who = teacher ? 'teacher' : 'backbone'
    await trainModel({
      ...options,
      data,
      backbone,
      teacher,
      settings: settingsOf(options.settings, { init: init?.model, backbone }),
      dataLicence: options.licence,
      createdBy: `descry ${packageJson.version}`,
      init,
      runtime,
      signal,
      onStart(start) {
        done = start.epoch
        progress.clear()
        stderr.write(describeStart(start, options))
      },
      onPictures: (pictures) => progress.pictures({ who, ...pictures }),
      onExtra: progress.extra,
      onNote(text) {
        progress.clear()
        stderr.write(`${text}\n`)
      },
      onStep: progress.step,
      async onEpoch(report) {
        done = report.epoch
        await say(`${describeEpoch(report)}\n`)
        await writeReport(out).catch((error: Error) => {
          stderr.write(`The page report.html could not be written: ${error.message}\n`)
        })
      },
    })
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error // stopped before the first epoch
  } finally {
    progress.clear()
    data.close()
  }
  if (signal.aborted && isStopReason(signal.reason)) {
    const wayOn = `Go on with: descry train … --out ${out} --resume`
    stderr.write(done > 0 ? `Stopped. ${wayOn}\n` : 'Stopped before the first epoch was done.\n')
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
  env: Io['env']
}

/** The one named, or the one that the model to start from has. */
async function findBackbone(
  { backbone }: TrainCommandOptions,
  setting: Setting,
): Promise<Backbone | undefined> {
  if (backbone) return await openNetwork(backbone, setting)
  const { init } = setting
  return init?.card.backbone && init.backbone
    ? { card: init.card.backbone, onnx: init.backbone }
    : undefined
}

async function openNetwork(
  network: BackboneOptions,
  { runtime: runtimeOptions, signal, progress, env }: Setting,
): Promise<Backbone> {
  const { hub } = readConfig(readEnvironment(env))
  await using runtime = await openRuntime(runtimeOptions)
  return await openBackbone(network, { hub, runtime, signal, onProgress: progress.download })
}

/** Of the size of the model to start from; with a backbone's features instead of pixels. */
function settingsOf(
  settings: TrainingSettings,
  { init, backbone }: { init: LoadedModel | undefined; backbone: Backbone | undefined },
): TrainingSettings {
  if (init) return { ...settings, model: init.card.settings }
  if (!backbone) return settings
  const { imageSize, tokens, channels } = backbone.card
  const encoder = { kind: 'features', tokens, channels } as const
  return { ...settings, model: { ...settings.model, imageSize, encoder } }
}

/** Nothing where there is nothing to know. */
function describeStart(
  { epoch, tokens, unknown }: StartReport,
  { out, resume }: TrainCommandOptions,
): string {
  const share = Math.round((100 * unknown) / tokens)
  return [
    ...(resume && epoch === 0
      ? [`There is no run in ${out} yet: it starts from the beginning.`]
      : []),
    ...(resume && epoch > 0 ? [`Goes on after epoch ${epoch}.`] : []),
    ...(share >= 10 ? [`${share} % of the words of the captions are unknown to the model.`] : []),
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

async function describeResult(out: string): Promise<string> {
  const { training } = JSON.parse(await readFile(join(out, 'model.json'), 'utf8').catch(() => '{}'))
  if (!training) return `${out} holds no model: model.json is gone.\n`
  if (training.teacher?.only) {
    return `${out} has learned to see up to epoch ${training.epochs}, and not to caption. Go on with: descry train --init ${out} --data FOLDER --out FOLDER\n`
  }
  return `${out} is the model of epoch ${training.epochs}. Score it with: descry evaluate --model ${out} --data FOLDER\n`
}
