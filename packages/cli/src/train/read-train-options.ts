import { basename, relative, resolve } from 'node:path'
import {
  architectures,
  type Device,
  defaultSettings,
  defaultTeaching,
  devices,
  modelSizes,
  type TeachingSettings,
  type TrainingSettings,
} from '@descry/ml'
import { oneOf, readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type TrainCommandOptions = {
  data: string
  out: string
  name: string
  settings: TrainingSettings
  devImages: number
  init: string | undefined
  backbone: BackboneOptions | undefined
  teacher: BackboneOptions | undefined
  also: readonly string[]
  resume: boolean
  licence: string
  device: Device
  threads: number | undefined
}

/** An ONNX network that looks at the pictures: a file, or a repository on the hub. */
export type BackboneOptions = {
  /** Which option named it. */
  option: NetworkOption
  from: string
  /** In the repository. */
  file: string | undefined
  revision: string | undefined
  output: string | undefined
}

type NetworkOption = 'backbone' | 'teacher'

export function readTrainOptions(args: readonly string[]): TrainCommandOptions {
  const { values } = readOptions('train', args, { options, allowPositionals: false })
  const { data, out } = values
  if (!data || !out) throw wrong('Name --data FOLDER and --out FOLDER.')
  if (values.name === '') throw wrong('--name has to say something.')
  refuseNested({ data, out, init: values.init })
  if (values.init !== undefined) refuseFixed(values)
  const arch = oneOf(
    { command: 'train', option: '--arch' },
    architectures,
    values.arch ?? 'cnn-transformer',
  )
  if (values['self-critical'] && values.captions === '1') {
    throw wrong('--self-critical compares the captions of an image: give 2 or more --captions.')
  }
  if (values['self-critical'] && values.init === undefined) {
    throw wrong('--self-critical needs a model that can caption already: give --init FOLDER.')
  }
  const backbone = readNetworkOptions('backbone', values)
  const teacher = readNetworkOptions('teacher', values)
  refuseUntaught(values, { backbone, teacher })
  const size = oneOf(
    { command: 'train', option: '--size' },
    ['small', 'mobile', 'tiny', 'reference'],
    values.size ?? (backbone ? 'reference' : 'small'),
  )
  const model = modelSizes[arch][size]
  if (model.encoder.kind === 'features' && !backbone && values.init === undefined) {
    throw wrong(
      '--size reference starts from a frozen network: give --backbone FILE or OWNER/NAME.',
    )
  }
  return {
    data,
    out,
    name: values.name ?? basename(out),
    settings: {
      ...defaultSettings,
      model,
      epochs: whole('--epochs', values.epochs, 100_000),
      batch: whole('--batch', values.batch, 4096),
      minimumCount: whole(
        '--minimum-count',
        values['minimum-count'] ?? String(defaultSettings.minimumCount),
        1_000_000,
      ),
      seed: whole('--seed', values.seed, 2 ** 31),
      dropout: share('--dropout', values.dropout),
      ...(values['self-critical'] ? SELF_CRITICAL : {}),
      ...(values.rate === undefined ? {} : { rate: share('--rate', values.rate) }),
      ...(values.captions === undefined
        ? {}
        : { captions: whole('--captions', values.captions, 64) }),
      ...(teacher ? { teaching: readTeaching(values) } : {}),
    },
    devImages: whole('--dev-images', values['dev-images'], 1_000_000),
    init: values.init,
    backbone,
    teacher,
    also: values.also ?? [],
    resume: values.resume,
    licence: values.licence,
    device: oneOf({ command: 'train', option: '--device' }, devices, values.device),
    threads: values.threads === undefined ? undefined : whole('--threads', values.threads, 1024),
  }
}

type Values = ReturnType<typeof readOptions<{ options: typeof options }>>['values']

function readNetworkOptions(option: NetworkOption, values: Values): BackboneOptions | undefined {
  const from = values[option]
  const details = {
    file: values[`${option}-file`],
    revision: values[`${option}-revision`],
    output: values[`${option}-output`],
  }
  if (from !== undefined) return { option, from, ...details }
  if (Object.values(details).every((detail) => detail === undefined)) return undefined
  throw wrong(`Name the ${option} itself as well: --${option} FILE or OWNER/NAME.`)
}

/** What belongs to a teacher needs one, and a teacher needs an encoder that learns from it. */
function refuseUntaught(
  values: Values,
  { backbone, teacher }: Record<NetworkOption, BackboneOptions | undefined>,
): void {
  const alone = (['also', 'teach-only', 'teacher-weight', 'teacher-views'] as const).find(
    (name) => values[name] !== undefined && values[name] !== false,
  )
  if (alone && !teacher) {
    throw wrong(`--${alone} needs a teacher: give --teacher FILE or OWNER/NAME.`)
  }
  if (teacher && backbone) {
    throw wrong(
      '--teacher teaches an encoder of the model itself, and with --backbone it has none: give one of the two.',
    )
  }
  if (teacher && values['self-critical']) {
    throw wrong(
      '--self-critical takes no --teacher: teach first, then go on from that with --init.',
    )
  }
}

function readTeaching(values: Values): TeachingSettings {
  return {
    weight: positive('--teacher-weight', values['teacher-weight'] ?? `${defaultTeaching.weight}`),
    views: whole('--teacher-views', values['teacher-views'] ?? `${defaultTeaching.views}`, 1000),
    only: values['teach-only'],
  }
}

/** A model to start from brings its architecture, its size and its words. */
function refuseFixed(values: { arch?: string; size?: string; 'minimum-count'?: string }): void {
  for (const name of ['arch', 'size', 'minimum-count'] as const) {
    if (values[name] !== undefined) {
      throw wrong(`--${name} is that of the model to start from: leave it out beside --init.`)
    }
  }
}

/** A run in its dataset, or over the model it starts from, would end one of the two. */
function refuseNested({
  data,
  out,
  init,
}: {
  data: string
  out: string
  init: string | undefined
}) {
  const inside = relative(resolve(data), resolve(out))
  if (!inside.startsWith('..')) throw wrong('--out cannot be in --data: name a folder elsewhere.')
  if (init !== undefined && resolve(init) === resolve(out)) {
    throw wrong('--out is --init: the model to start from would be lost. Name another folder.')
  }
}

/** Small steps from a model that is good already; five samples of an image judge each other. */
const SELF_CRITICAL = { selfCritical: true, rate: 5e-5, captions: 5, warmupEpochs: 0.2 } as const

const options = {
  data: { type: 'string' },
  out: { type: 'string' },
  name: { type: 'string' },
  arch: { type: 'string' },
  size: { type: 'string' },
  backbone: { type: 'string' },
  'backbone-file': { type: 'string' },
  'backbone-revision': { type: 'string' },
  'backbone-output': { type: 'string' },
  teacher: { type: 'string' },
  'teacher-file': { type: 'string' },
  'teacher-revision': { type: 'string' },
  'teacher-output': { type: 'string' },
  'teacher-weight': { type: 'string' },
  'teacher-views': { type: 'string' },
  'teach-only': { type: 'boolean', default: false },
  also: { type: 'string', multiple: true },
  epochs: { type: 'string', default: String(defaultSettings.epochs) },
  batch: { type: 'string', default: String(defaultSettings.batch) },
  captions: { type: 'string' },
  rate: { type: 'string' },
  'self-critical': { type: 'boolean', default: false },
  dropout: { type: 'string', default: String(defaultSettings.dropout) },
  'minimum-count': { type: 'string' },
  seed: { type: 'string', default: String(defaultSettings.seed) },
  'dev-images': { type: 'string', default: '500' },
  init: { type: 'string' },
  resume: { type: 'boolean', default: false },
  licence: { type: 'string', default: 'not stated' },
  device: { type: 'string', default: 'cpu' },
  threads: { type: 'string' },
} as const

function whole(name: string, text: string, most: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= most) return value
  throw wrong(`${name} is a whole number from 1 to ${most}, not ${text}.`)
}

function positive(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value > 0 && value <= 1000) return value
  throw wrong(`${name} is a number above 0 up to 1000, not ${text}.`)
}

/** From 0 to 1, 1 itself not included. */
function share(name: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= 0 && value < 1 && (value > 0 || name !== '--rate')) return value
  const least = name === '--rate' ? 'above 0' : 'from 0'
  throw wrong(`${name} is a number ${least} up to 1, not ${text}.`)
}

const wrong = (message: string) => new UsageError(message, { command: 'train' })
