import { CaptionOptions, Style } from '@descry/contract'
import type { ExistingSidecar } from '@descry/formats'
import { oneOf, readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type CaptionCommandOptions = {
  paths: string[]
  json: boolean
  captionerName: string | undefined
  /** A data folder whose captioners are asked. */
  data: string | undefined
  /** Address of a Descry that captions instead of this process. */
  server: string | undefined
  style: Style
  trigger: string | undefined
  language: string | undefined
  /** Put around each caption that is printed or written; empty: nothing. */
  prefix: string
  suffix: string
  /** Undefined: no text files are written. */
  writeText: { existing: ExistingSidecar } | undefined
  parallel: number
  /** Caption what does not look like a photo as well. */
  force: boolean
}

export function readCaptionOptions(args: readonly string[]): CaptionCommandOptions {
  const { values, positionals } = readOptions('caption', args, { options, allowPositionals: true })
  if (positionals.length === 0) throw wrong('Name at least one image, folder or glob.')
  if (values.existing !== undefined && !values['write-txt']) {
    throw wrong('--existing is about text files: it needs --write-txt.')
  }
  if (values.data !== undefined && values.server !== undefined) {
    throw wrong('--data and --server exclude each other.')
  }
  return {
    paths: positionals,
    json: values.json,
    captionerName: values.captioner,
    data: values.data,
    server: readServer(values.server),
    style: oneOf({ command: 'caption', option: '--style' }, Style.options, values.style),
    ...readWording(values),
    prefix: readAddition('--prefix', values.prefix),
    suffix: readAddition('--suffix', values.suffix),
    writeText: values['write-txt']
      ? {
          existing: oneOf(
            { command: 'caption', option: '--existing' },
            existingChoices,
            values.existing ?? 'skip',
          ),
        }
      : undefined,
    parallel: readParallel(values.parallel),
    force: values.force,
  }
}

const options = {
  json: { type: 'boolean', default: false },
  captioner: { type: 'string' },
  data: { type: 'string' },
  server: { type: 'string' },
  style: { type: 'string', default: 'concise' },
  trigger: { type: 'string' },
  language: { type: 'string' },
  prefix: { type: 'string', default: '' },
  suffix: { type: 'string', default: '' },
  'write-txt': { type: 'boolean', default: false },
  existing: { type: 'string' },
  parallel: { type: 'string', default: '4' },
  force: { type: 'boolean', default: false },
} as const

const existingChoices = ['skip', 'append', 'replace'] as const satisfies ExistingSidecar[]

type Wording = { trigger?: string; language?: string; style: string }

function readWording({ trigger, language, style }: Wording) {
  if (trigger !== undefined && style !== 'training') {
    throw wrong('--trigger is for training captions: give --style training.')
  }
  const wording = CaptionWording.safeParse({ trigger, language })
  if (wording.success) return { trigger, language }
  const [{ path, message } = { path: [], message: '' }] = wording.error.issues
  throw wrong(`--${path.join('.')}: ${message}.`)
}

const CaptionWording = CaptionOptions.pick({ trigger: true, language: true })

function readServer(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  if (/^https?:\/\//.test(address) && URL.canParse(address)) return address.replace(/\/+$/, '')
  throw wrong(`--server is an address such as http://localhost:3000, not ${address}.`)
}

function readAddition(option: string, text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what no caption holds
  if (/[\u0000-\u001f\u007f]/.test(text)) throw wrong(`${option} is one line of text.`)
  if (text.length <= LONGEST_ADDITION) return text
  throw wrong(`${option} has ${text.length} characters, more than ${LONGEST_ADDITION}.`)
}

const LONGEST_ADDITION = 1000

function readParallel(text: string): number {
  const parallel = /^\d{1,2}$/.test(text) ? Number(text) : 0
  if (parallel >= 1 && parallel <= 64) return parallel
  throw wrong(`--parallel is a number from 1 to 64, not ${text}.`)
}

const wrong = (message: string) => new UsageError(message, { command: 'caption' })
