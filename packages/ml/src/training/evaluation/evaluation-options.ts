import { z } from 'zod'
import { numberFrom, oneOf, text, wholeNumber } from '../../options/option-schemas.ts'
import { type NameOption, type OptionRule, parseOptions } from '../../options/parse-options.ts'
import { devices } from '../../runtime/device.ts'

/** What is chosen about scoring a model, wherever it is asked for. */
export type EvaluationOptions = z.output<typeof EvaluationOptions>

const EvaluationOptions = z.strictObject({
  model: text('a model folder'),
  data: text('the folder of a prepared dataset'),
  split: oneOf(['dev', 'test', 'train']).default('dev'),
  /** Width of the beam search, 1 is greedy; by default the model's own. */
  beam: wholeNumber(1, 1_000_000).optional(),
  lengthPenalty: numberFrom(0, 1_000_000).optional(),
  /** Only the first so many images. */
  images: wholeNumber(1, 1_000_000).optional(),
  /** Writes the scores into the model's card; on dev, fits its confidence and labels first. */
  record: z.boolean().default(false),
  device: oneOf(devices).default('cpu'),
})

export const parseEvaluationOptions = (
  input: unknown,
  nameOption?: NameOption,
): EvaluationOptions => parseOptions(EvaluationOptions, input, { rules, nameOption })

type Rule = OptionRule<EvaluationOptions>

const recordsWholeSplit: Rule = ({ record, images }, name) =>
  record && images !== undefined
    ? `${name('record')} is about a whole split, ${name('images')} about a part of it.`
    : undefined

const recordsServedCaptions: Rule = ({ record, beam, lengthPenalty }, name) =>
  record && (beam ?? lengthPenalty) !== undefined
    ? `${name('record')} is about captions as they are served: give no ${name('beam')} and no ${name('lengthPenalty')}.`
    : undefined

const penalizesBeam: Rule = ({ beam, lengthPenalty }, name) =>
  beam === 1 && lengthPenalty !== undefined
    ? `${name('lengthPenalty')} compares captions of a beam; ${name('beam')} 1 has only one.`
    : undefined

const rules = [recordsWholeSplit, recordsServedCaptions, penalizesBeam] as const
