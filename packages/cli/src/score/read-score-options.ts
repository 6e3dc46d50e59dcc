import { defaultMetrics, type MetricName, metricNames, usesResource } from '@descry/ml/metrics'
import { readOptions } from '../read-options.ts'
import { UsageError } from '../usage-error.ts'

export type ScoreFilesOptions = {
  refs: string
  hyps: string
  metrics: MetricName[]
  tokenize: 'ptb' | 'none'
  segment: boolean
  ciderDf: string | undefined
  meteorParaphrases: string | undefined
  perImage: boolean
  json: boolean
}

export function readScoreOptions(args: readonly string[]): ScoreFilesOptions {
  const { values } = readOptions('score', args, { options, allowPositionals: false })
  const { refs, hyps, tokenize } = values
  if (refs === undefined || hyps === undefined) {
    throw wrong('Name both files: --refs FILE --hyps FILE.')
  }
  if (tokenize !== 'ptb' && tokenize !== 'none') {
    throw wrong(`--tokenize is ptb or none, not ${tokenize}.`)
  }
  const metrics = readMetrics(values.metrics)
  if (values['cider-df'] !== undefined && !usesResource(metrics, 'documentFrequency')) {
    throw wrong('--cider-df is about CIDEr, which is not among --metrics.')
  }
  if (values['meteor-paraphrases'] !== undefined && !usesResource(metrics, 'meteor')) {
    throw wrong('--meteor-paraphrases is about METEOR, which is not among --metrics.')
  }
  return {
    refs,
    hyps,
    metrics,
    tokenize,
    segment: values.segment,
    ciderDf: values['cider-df'],
    meteorParaphrases: values['meteor-paraphrases'],
    perImage: values['per-image'],
    json: values.json,
  }
}

const options = {
  refs: { type: 'string' },
  hyps: { type: 'string' },
  metrics: { type: 'string', default: defaultMetrics.join() },
  tokenize: { type: 'string', default: 'ptb' },
  segment: { type: 'boolean', default: false },
  'cider-df': { type: 'string' },
  'meteor-paraphrases': { type: 'string' },
  'per-image': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

function readMetrics(list: string): MetricName[] {
  const names = list.split(',').map((name) => name.trim().toLowerCase())
  const unknown = names.find((name) => !metricNames.some((known) => known === name))
  if (unknown !== undefined) {
    throw wrong(
      `--metrics is a list of ${metricNames.join(', ')}; ${unknown || 'nothing'} is none.`,
    )
  }
  return metricNames.filter((name) => names.includes(name))
}

const wrong = (message: string) => new UsageError(message, { command: 'score' })
