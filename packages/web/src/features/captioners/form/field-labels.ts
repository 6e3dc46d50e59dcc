import { defaultSampling } from '@descry/contract'
import type { FormField } from './form-fields.ts'

const usual = (value: number) => `usually ${value}`

export type FieldLabels = { label: string; hint?: string; placeholder?: string }

/** A field of a form, as people read it. */
export function labelsOf({ path, isNeeded }: FormField): FieldLabels {
  if (path === 'baseUrl' && !isNeeded) return otherAddress
  const words = fieldLabels[path]
  if (!words) throw new Error(`The field ${path} has no words.`)
  return words
}

const otherAddress: FieldLabels = {
  label: 'Other address',
  hint: 'Of a proxy that speaks the same API. Left empty: the provider’s own.',
}

/** By path. */
const fieldLabels: Readonly<Record<string, FieldLabels>> = {
  name: { label: 'Name', hint: 'How captions and the chain will call it.' },
  baseUrl: { label: 'Address', hint: 'Of the API, with its version: it often ends in /v1.' },
  models: {
    label: 'Models',
    hint: 'One a line, at most 5. The first is asked; the next one when it fails.',
  },
  region: { label: 'Region', placeholder: 'us-east-1' },
  endpoint: { label: 'Endpoint', hint: 'Its name in SageMaker.' },
  leastConfidence: {
    label: 'Least confidence',
    hint: 'Labels it is less sure of are left out. 0 to 1.',
  },
  provider: {
    label: 'Inference provider',
    hint: '“auto” takes the first of your account that serves the model.',
  },
  endpointUrl: {
    label: 'Dedicated endpoint',
    hint: 'Its address, if you run one. Then the provider must be “auto”.',
  },
  model: {
    label: 'Model',
    hint: 'A name that “descry models list” shows. Download it first: descry models pull.',
  },
  folder: { label: 'Folder', hint: 'Its path on the server, as descry train printed it.' },
  timeoutSeconds: { label: 'Deadline of a request', hint: 'Seconds.' },

  'limits.formats': { label: 'Takes images as', hint: 'None chosen: what the provider says.' },
  'limits.maxSide': { label: 'Longest side', hint: 'Pixels. Larger images are made smaller.' },
  'limits.maxBytes': { label: 'Size of a file', hint: 'Bytes.' },
  'limits.perMinute': { label: 'Requests a minute' },
  'limits.perDay': { label: 'Requests a day', hint: 'From midnight UTC.' },
  'limits.parallel': { label: 'Requests at a time' },

  'sampling.temperature': { label: 'Temperature', placeholder: usual(defaultSampling.temperature) },
  'sampling.topP': { label: 'Top P', placeholder: usual(defaultSampling.topP) },
  'sampling.topK': { label: 'Top K', placeholder: usual(defaultSampling.topK) },
  'sampling.maxTokens': { label: 'Most tokens', placeholder: usual(defaultSampling.maxTokens) },

  'price.inputPerMillion': { label: 'A million tokens read' },
  'price.outputPerMillion': { label: 'A million tokens written' },
  'price.perImage': { label: 'An image' },
}

/** Groups of fields under More, by the first part of their path. */
export const fieldGroups = [
  { prefix: 'limits', title: 'Limits', text: 'Left empty: none, or what the provider says.' },
  { prefix: 'sampling', title: 'Sampling', text: 'How the model chooses its words.' },
  {
    prefix: 'price',
    title: 'Price in dollars',
    text: 'Estimates and budgets count with it. What is filled in is the list price of the first model; yours may differ. Left empty: it costs nothing.',
  },
] as const
