import { basename, relative, resolve } from 'node:path'
import { z } from 'zod'
import { networkLocation } from '../backbone/network-location.ts'
import { architectures } from '../models/model-settings.ts'
import { modelSizes, sizeNames, withLength } from '../models/model-sizes.ts'
import {
  fraction,
  oneOf,
  positiveFraction,
  positiveNumber,
  text,
  wholeNumber,
} from '../options/option-schemas.ts'
import { type NameOption, type OptionRule, parseOptions } from '../options/parse-options.ts'
import { devices } from '../runtime/device.ts'
import { defaultSettings, defaultTeaching, type TrainingSettings } from './training-settings.ts'

/** What is chosen about a training, wherever it is started. Folders are paths. */
export type TrainingOptions = z.output<typeof TrainingOptions>

export const TrainingOptions = z.strictObject({
  /** A prepared dataset. */
  data: text('the folder of a prepared dataset'),
  /** Becomes a model folder with the best weights so far; holds checkpoint, curves and report as well. */
  out: text('a new folder for the run'),
  /** Of the model; by default the last part of `out`. */
  name: text('a name of the model').optional(),
  architecture: oneOf(architectures).optional(),
  size: oneOf(sizeNames).optional(),
  /** A frozen network in place of the model's own encoder. */
  backbone: networkLocation.optional(),
  /** A network whose features the encoder learns. */
  teacher: networkLocation.optional(),
  teacherWeight: positiveNumber(1000).optional(),
  teacherViews: wholeNumber(1, 1000).optional(),
  /** Learns nothing but the teacher's features. */
  teachOnly: z.boolean().default(false),
  /** Folders of images without captions, of which the teacher's features are learned. */
  unlabeled: z.array(text('a folder of images')).default([]),
  epochs: wholeNumber(1, 100_000).default(defaultSettings.epochs),
  batch: wholeNumber(1, 4096).default(defaultSettings.batch),
  captions: wholeNumber(1, 64).optional(),
  /** Tokens of a caption, its end included. */
  length: wholeNumber(2, 1000).default(defaultSettings.length),
  rate: positiveFraction().optional(),
  dropout: fraction().default(defaultSettings.dropout),
  minimumCount: wholeNumber(1, 1_000_000).optional(),
  seed: wholeNumber(1, 2 ** 31).default(defaultSettings.seed),
  /** Images of the dev split that are captioned after each epoch. */
  devImages: wholeNumber(1, 1_000_000).default(500),
  /** A model folder to start from. */
  init: text('a model folder').optional(),
  selfCritical: z.boolean().default(false),
  resume: z.boolean().default(false),
  /** Of the data, for the model's card. */
  licence: z.string().default('not stated'),
  device: oneOf(devices).default('cpu'),
  threads: wholeNumber(1, 1024).optional(),
})

export const parseTrainingOptions = (input: unknown, nameOption?: NameOption): TrainingOptions =>
  parseOptions(TrainingOptions, input, { rules, nameOption })

/** The settings that the options choose; those of a model to start from or of a backbone come on top. */
export function toTrainingSettings(options: TrainingOptions): TrainingSettings {
  const { epochs, batch, length, seed, dropout, captions, rate } = options
  return {
    ...defaultSettings,
    model: withLength(chooseModel(options), length),
    epochs,
    batch,
    length,
    minimumCount: options.minimumCount ?? defaultSettings.minimumCount,
    seed,
    dropout,
    ...(options.selfCritical ? SELF_CRITICAL : {}),
    ...(rate === undefined ? {} : { rate }),
    ...(captions === undefined ? {} : { captions }),
    ...(options.teacher ? { teaching: toTeaching(options) } : {}),
  }
}

export const nameOfModel = ({ name, out }: TrainingOptions): string => name ?? basename(out)

/** Small steps from a model that is good already; five samples of an image are each other's baseline. */
const SELF_CRITICAL = { selfCritical: true, rate: 5e-5, captions: 5, warmupEpochs: 0.2 } as const

const chooseModel = ({
  architecture = 'cnn-transformer',
  backbone,
  size = backbone ? 'reference' : 'small',
}: Pick<TrainingOptions, 'architecture' | 'backbone' | 'size'>) => modelSizes[architecture][size]

const toTeaching = ({ teacherWeight, teacherViews, teachOnly }: TrainingOptions) => ({
  weight: teacherWeight ?? defaultTeaching.weight,
  views: teacherViews ?? defaultTeaching.views,
  only: teachOnly,
})

type Rule = OptionRule<TrainingOptions>

const isOutsideData: Rule = ({ data, out }, name) =>
  relative(resolve(data), resolve(out)).startsWith('..')
    ? undefined
    : `${name('out')} cannot be in ${name('data')}: name a folder elsewhere.`

const isNotInit: Rule = ({ init, out }, name) =>
  init !== undefined && resolve(init) === resolve(out)
    ? `${name('out')} is ${name('init')}: the model to start from would be lost. Name another folder.`
    : undefined

/** A model to start from brings its architecture, its size and its vocabulary. */
const fitsInit: Rule = (options, name) => {
  const given = (['architecture', 'size', 'minimumCount'] as const).find(
    (option) => options.init !== undefined && options[option] !== undefined,
  )
  return (
    given &&
    `${name(given)} is that of the model to start from: leave it out beside ${name('init')}.`
  )
}

const comparesSamples: Rule = ({ selfCritical, captions }, name) =>
  selfCritical && captions === 1
    ? `${name('selfCritical')} compares the captions of an image: give 2 or more ${name('captions')}.`
    : undefined

const startsSelfCriticalFromModel: Rule = ({ selfCritical, init }, name) =>
  selfCritical && init === undefined
    ? `${name('selfCritical')} needs a model that can caption already: give ${name('init')} FOLDER.`
    : undefined

const hasTeacher: Rule = (options, name) => {
  const { teacher, unlabeled, teachOnly, teacherWeight, teacherViews } = options
  if (teacher) return undefined
  const given = Object.entries({
    unlabeled: unlabeled.length > 0,
    teachOnly,
    teacherWeight: teacherWeight !== undefined,
    teacherViews: teacherViews !== undefined,
  }).find(([, isGiven]) => isGiven)
  return given && `${name(given[0])} needs a teacher: give ${name('teacher')} FILE or OWNER/NAME.`
}

const teachesOwnEncoder: Rule = ({ teacher, backbone, selfCritical }, name) => {
  if (teacher && backbone) {
    return `${name('teacher')} teaches an encoder of the model itself, and with ${name('backbone')} it has none: give one of the two.`
  }
  if (teacher && selfCritical) {
    return `${name('selfCritical')} takes no ${name('teacher')}: teach first, then continue from that with ${name('init')}.`
  }
  return undefined
}

const hasEncoder: Rule = (options, name) =>
  chooseModel(options).encoder.kind === 'features' &&
  !options.backbone &&
  options.init === undefined
    ? `${name('size')} reference starts from a frozen network: give ${name('backbone')} FILE or OWNER/NAME.`
    : undefined

const rules = [
  isOutsideData,
  isNotInit,
  fitsInit,
  comparesSamples,
  startsSelfCriticalFromModel,
  hasTeacher,
  teachesOwnEncoder,
  hasEncoder,
] as const
