import { type Device, devices } from '@descry/ml'
import { oneOf, readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type EvaluateCommandOptions = {
  model: string
  data: string
  split: 'train' | 'dev' | 'test'
  beam: number | undefined
  lengthPenalty: number | undefined
  images: number | undefined
  captions: string | undefined
  record: boolean
  json: boolean
  device: Device
}

export function readEvaluateOptions(args: readonly string[]): EvaluateCommandOptions {
  const { values } = readOptions('evaluate', args, { options, allowPositionals: false })
  const { model, data, images, beam } = values
  if (model === undefined || data === undefined) {
    throw wrong('Name --model FOLDER and --data FOLDER.')
  }
  if (values.record && images !== undefined) {
    throw wrong('--record is about a whole split, --images about a part of it.')
  }
  if (values.record && (beam !== undefined || values['length-penalty'] !== undefined)) {
    throw wrong(
      '--record is about captions as they are served: give no --beam and no --length-penalty.',
    )
  }
  if (beam === '1' && values['length-penalty'] !== undefined) {
    throw wrong('--length-penalty compares captions of a beam; --beam 1 has only one.')
  }
  return {
    model,
    data,
    split: oneOf(
      { command: 'evaluate', option: '--split' },
      ['dev', 'test', 'train'],
      values.split,
    ),
    beam: beam === undefined ? undefined : number('--beam', beam, { least: 1, whole: true }),
    lengthPenalty:
      values['length-penalty'] === undefined
        ? undefined
        : number('--length-penalty', values['length-penalty'], { least: 0, whole: false }),
    images:
      images === undefined ? undefined : number('--images', images, { least: 1, whole: true }),
    captions: values.captions,
    record: values.record,
    json: values.json,
    device: oneOf({ command: 'evaluate', option: '--device' }, devices, values.device),
  }
}

const options = {
  model: { type: 'string' },
  data: { type: 'string' },
  split: { type: 'string', default: 'dev' },
  beam: { type: 'string' },
  'length-penalty': { type: 'string' },
  images: { type: 'string' },
  captions: { type: 'string' },
  record: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  device: { type: 'string', default: 'cpu' },
} as const

function number(
  name: string,
  text: string,
  { least, whole }: { least: number; whole: boolean },
): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (value >= least && value <= 1e6 && (!whole || Number.isInteger(value))) return value
  throw wrong(`${name} is a ${whole ? 'whole ' : ''}number from ${least}, not ${text}.`)
}

const wrong = (message: string) => new UsageError(message, { command: 'evaluate' })
