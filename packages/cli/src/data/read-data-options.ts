import { type DatasetFormat, datasetFormats, type TableOptions } from '@descry/formats'
import { didYouMean } from '../find-similar.ts'
import { oneOf, readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type DataOptions = {
  from: string
  to: string
  format: DatasetFormat | undefined
  imageFolder: string | undefined
  imageSize: number
  splitSeed: number
  segment: boolean
  table: TableOptions
  replace: boolean
  json: boolean
}

export function readDataOptions(args: readonly string[]): DataOptions {
  const { values, positionals } = readOptions('data', args, { options, allowPositionals: true })
  const [action, ...others] = positionals
  if (action !== 'prepare') {
    throw wrong(
      action === undefined
        ? 'Say what to do: descry data prepare.'
        : `There is no data ${action}.${didYouMean(action, ['prepare'])}`,
    )
  }
  if (others.length > 0) throw wrong(`${others[0]} is left over; folders go to --from and --to.`)
  return {
    from: required('--from', values.from),
    to: required('--to', values.to),
    format: values.format === undefined ? undefined : toFormat(values.format),
    imageFolder: values.images,
    imageSize: toNumber(values['image-size'], { name: '--image-size', min: 16, max: 1024 }),
    splitSeed: toNumber(values['split-seed'], { name: '--split-seed', min: 0, max: 2 ** 31 - 1 }),
    segment: values.segment,
    table: {
      imageColumn: values['image-column'],
      captionColumn: values['caption-column'],
      delimiter: values.delimiter === undefined ? undefined : toDelimiter(values.delimiter),
    },
    replace: values.replace,
    json: values.json,
  }
}

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  format: { type: 'string' },
  images: { type: 'string' },
  'image-size': { type: 'string', default: '160' },
  'split-seed': { type: 'string', default: '0' },
  'image-column': { type: 'string' },
  'caption-column': { type: 'string' },
  delimiter: { type: 'string' },
  segment: { type: 'boolean', default: false },
  replace: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

function required(name: string, value: string | undefined): string {
  if (value) return value
  throw wrong(`${name} is needed: descry data prepare --from FOLDER --to FOLDER`)
}

const toFormat = (name: string): DatasetFormat =>
  oneOf(
    { command: 'data', option: '--format' },
    datasetFormats.map((format) => format.name),
    name,
  )

/** A tab is hard to type in a shell. */
function toDelimiter(text: string): string {
  const delimiter = text === 'tab' || text === '\\t' ? '\t' : text
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter
  throw wrong(
    `--delimiter is one character such as ";" or "|", or tab, not ${JSON.stringify(text)}.`,
  )
}

function toNumber(text: string, { name, min, max }: { name: string; min: number; max: number }) {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : -1
  if (number >= min && number <= max) return number
  throw wrong(`${name} is a whole number from ${min} to ${max}, not ${text}.`)
}

const wrong = (message: string) => new UsageError(message, { command: 'data' })
