import type { Backbone } from '../backbone/inspect-backbone.ts'
import type { NetworkLocation } from '../backbone/network-location.ts'
import { openBackbone } from '../backbone/open-backbone.ts'
import type { HubSettings } from '../hub/hub-settings.ts'
import { type LoadedModel, loadModel } from '../models/load-model.ts'
import type { NameOption } from '../options/parse-options.ts'
import { openRuntime, type RuntimeOptions } from '../runtime/runtime.ts'
import { openPreparedDataset } from './dataset/prepared-dataset.ts'
import { type ReportedModel, readModelFile } from './report/read-model.ts'
import { writeReport } from './report/write-report.ts'
import { trainModel } from './train-model.ts'
import { nameOfModel, type TrainingOptions, toTrainingSettings } from './training-options.ts'
import type { OnTrainingProgress } from './training-progress.ts'
import type { TrainingSettings } from './training-settings.ts'

export type TrainingContext = {
  /** Where backbones and teachers come from. */
  hub: HubSettings
  /** Program and version, for the model's card. */
  createdBy: string
  /** How options are called in messages. */
  nameOption?: NameOption
  /** Stops the training after its current step. */
  signal?: AbortSignal
  onProgress?: OnTrainingProgress
}

export type TrainingResult = {
  /** Epochs that are done, those of runs before included. */
  epochs: number
  isStopped: boolean
  /** The card in `out`, where it can be read. */
  model: ReportedModel | undefined
}

/**
 * One training from its options to a model folder: opens the data and the networks, trains, scores each
 * epoch, keeps the best weights and writes the report. A run that was stopped goes on with `resume`.
 */
export async function runTraining(
  options: TrainingOptions,
  { nameOption = (option) => option, ...context }: TrainingContext,
): Promise<TrainingResult> {
  const { out } = options
  const { signal, createdBy, onProgress = () => {} } = context
  let epochs = 0
  const data = await openPreparedDataset(options.data, { verify: true })
  try {
    const runtime = toRuntimeOptions(options)
    const init = await openInit(options)
    const networks = { ...context, runtime, nameOption }
    const backbone = await openNetwork('backbone', options.backbone, networks)
    const teacher = await openNetwork('teacher', options.teacher, networks)
    const frozen = backbone ?? backboneOf(init?.model)
    await trainModel({
      data,
      out,
      name: nameOfModel(options),
      settings: fitSettings(toTrainingSettings(options), { init: init?.model, backbone: frozen }),
      backbone: frozen,
      teacher,
      unlabeled: options.unlabeled,
      init,
      dataLicence: options.licence,
      devImages: options.devImages,
      resume: options.resume,
      createdBy,
      runtime,
      ...(signal && { signal }),
      async onProgress(progress) {
        if (progress.kind === 'start') epochs = progress.epoch
        if (progress.kind === 'epoch') epochs = progress.report.epoch
        await onProgress(progress)
        if (progress.kind === 'epoch') await report(out, onProgress)
      },
    })
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error // stopped before the first epoch
  } finally {
    data.close()
  }
  return { epochs, isStopped: signal?.aborted ?? false, model: await readModelFile(out) }
}

const toRuntimeOptions = ({ device, threads }: TrainingOptions): RuntimeOptions => ({
  device,
  ...(threads === undefined ? {} : { threads }),
})

async function openInit({ init: folder }: TrainingOptions) {
  return folder === undefined ? undefined : { model: await loadModel(folder), folder }
}

async function openNetwork(
  option: 'backbone' | 'teacher',
  location: NetworkLocation | undefined,
  {
    hub,
    runtime: runtimeOptions,
    nameOption,
    signal,
    onProgress,
  }: TrainingContext & { runtime: RuntimeOptions; nameOption: NameOption },
): Promise<Backbone | undefined> {
  if (!location) return undefined
  await using runtime = await openRuntime(runtimeOptions)
  return await openBackbone(location, {
    hub,
    runtime,
    nameOption: (part) => nameOption(`${option}.${part}`),
    signal,
    onProgress: (progress) => void onProgress?.({ kind: 'download', ...progress }),
  })
}

/** The backbone that a model to start from has. */
const backboneOf = (init: LoadedModel | undefined): Backbone | undefined =>
  init?.card.backbone && init.backbone
    ? { card: init.card.backbone, onnx: init.backbone }
    : undefined

/** Of the size of the model to start from; with a backbone's features instead of pixels. */
function fitSettings(
  settings: TrainingSettings,
  { init, backbone }: { init: LoadedModel | undefined; backbone: Backbone | undefined },
): TrainingSettings {
  if (init) return { ...settings, model: init.card.settings }
  if (!backbone) return settings
  const { imageSize, tokens, channels } = backbone.card
  const encoder = { kind: 'features', tokens, channels } as const
  return { ...settings, model: { ...settings.model, imageSize, encoder } }
}

/** A page that cannot be written ends no training. */
async function report(out: string, onProgress: OnTrainingProgress): Promise<void> {
  try {
    await writeReport(out)
  } catch (error) {
    const text = `The page report.html could not be written: ${(error as Error).message}`
    await onProgress({ kind: 'note', text })
  }
}
