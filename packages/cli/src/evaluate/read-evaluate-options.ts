import { type EvaluationOptions, parseEvaluationOptions } from '@descry/ml/training'
import { nameFlag } from '../name-flag.ts'
import { readOptions } from '../read-options.ts'
import { toNumber } from '../to-number.ts'

export type EvaluateCommandOptions = {
  evaluation: EvaluationOptions
  /** A file for the captions, as COCO results. */
  captions: string | undefined
  json: boolean
}

export function readEvaluateOptions(args: readonly string[]): EvaluateCommandOptions {
  const { values } = readOptions('evaluate', args, { options: flags, allowPositionals: false })
  const { json, captions, beam, images, 'length-penalty': lengthPenalty, ...others } = values
  const input = {
    ...others,
    beam: toNumber(beam),
    images: toNumber(images),
    lengthPenalty: toNumber(lengthPenalty),
  }
  return { evaluation: parseEvaluationOptions(input, nameFlag), captions, json }
}

const flags = {
  model: { type: 'string' },
  data: { type: 'string' },
  split: { type: 'string' },
  beam: { type: 'string' },
  'length-penalty': { type: 'string' },
  images: { type: 'string' },
  captions: { type: 'string' },
  record: { type: 'boolean' },
  json: { type: 'boolean', default: false },
  device: { type: 'string' },
} as const
