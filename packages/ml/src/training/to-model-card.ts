import type { CaptionModel } from '../inference/run-encoder.ts'
import { type ModelCard, modelCardFormat, modelCardVersion } from '../models/model-card.ts'
import type { UnlabeledImages } from './dataset/unlabeled-folder.ts'
import type { Trained } from './loop/train-loop-options.ts'
import { keptChannels } from './teacher/open-teacher.ts'
import type { TrainModelOptions } from './train-model-options.ts'

type CardOptions = TrainModelOptions & {
  /** The images of `unlabeled`. */
  opened: readonly UnlabeledImages[]
  /** Scores of the dev split. */
  dev: Record<string, number>
}

/** What a model folder says of the model, and of the run that it came from. */
export function toModelCard(
  trained: Trained,
  model: CaptionModel,
  options: CardOptions,
): Omit<ModelCard, 'files'> {
  const { data, settings, init, dev } = options
  return {
    ...model,
    format: modelCardFormat,
    version: modelCardVersion,
    name: options.name,
    metrics: Object.keys(dev).length > 0 ? { 'dev, greedy': dev } : {},
    training: {
      data: data.card.name,
      dataLicence: options.dataLicence,
      dataSha256: data.card.sha256['captions.jsonl'],
      images: data.card.splits.train?.images ?? 0,
      seed: settings.seed,
      epochs: trained.epoch,
      settings,
      startedFrom: init?.folder ?? null,
      teacher: describeTeacher(trained, options),
    },
    limits: [],
    createdBy: options.createdBy,
  }
}

function describeTeacher(
  { teacherViews }: Trained,
  { teacher, settings: { teaching }, opened }: CardOptions,
): ModelCard['training']['teacher'] {
  if (!teacher || !teaching) return null
  const { name, sha256, tokens, channels } = teacher.card
  return {
    name,
    sha256,
    places: tokens,
    channels,
    keptChannels: keptChannels(channels),
    ...teaching,
    views: teacherViews ?? teaching.views,
    extraImages: opened.reduce((sum, { count }) => sum + count, 0),
  }
}
