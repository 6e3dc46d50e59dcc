import { parseTrainingOptions, type TrainingOptions } from '@descry/ml/training'
import { nameFlag } from '../name-flag.ts'
import { readOptions } from '../read-options.ts'
import { toNumber } from '../to-number.ts'

/** The flags as options of a training, which checks them. */
export function readTrainOptions(args: readonly string[]): TrainingOptions {
  const { values } = readOptions('train', args, { options: flags, allowPositionals: false })
  const input = {
    data: values.data,
    out: values.out,
    name: values.name,
    architecture: values.arch,
    size: values.size,
    backbone: readNetwork('backbone', values),
    teacher: readNetwork('teacher', values),
    teacherWeight: toNumber(values['teacher-weight']),
    teacherViews: toNumber(values['teacher-views']),
    teachOnly: values['teach-only'],
    unlabeled: values.unlabeled,
    epochs: toNumber(values.epochs),
    batch: toNumber(values.batch),
    captions: toNumber(values.captions),
    length: toNumber(values.length),
    rate: toNumber(values.rate),
    dropout: toNumber(values.dropout),
    minimumCount: toNumber(values['minimum-count']),
    seed: toNumber(values.seed),
    devImages: toNumber(values['dev-images']),
    init: values.init,
    selfCritical: values['self-critical'],
    resume: values.resume,
    licence: values.licence,
    device: values.device,
    threads: toNumber(values.threads),
  }
  return parseTrainingOptions(input, nameFlag)
}

/** Nothing where no flag is about the network; what only some of them say is refused by the check. */
function readNetwork(option: 'backbone' | 'teacher', values: Partial<Record<Flag, unknown>>) {
  const location = {
    from: values[option],
    file: values[`${option}-file`],
    revision: values[`${option}-revision`],
    output: values[`${option}-output`],
  }
  return Object.values(location).some((part) => part !== undefined) ? location : undefined
}

type Flag = keyof typeof flags

const flags = {
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
  'teach-only': { type: 'boolean' },
  unlabeled: { type: 'string', multiple: true },
  epochs: { type: 'string' },
  batch: { type: 'string' },
  captions: { type: 'string' },
  length: { type: 'string' },
  rate: { type: 'string' },
  'self-critical': { type: 'boolean' },
  dropout: { type: 'string' },
  'minimum-count': { type: 'string' },
  seed: { type: 'string' },
  'dev-images': { type: 'string' },
  init: { type: 'string' },
  resume: { type: 'boolean' },
  licence: { type: 'string' },
  device: { type: 'string' },
  threads: { type: 'string' },
} as const
