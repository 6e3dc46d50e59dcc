import { defaultSampling } from '@descry/contract'
import type { FormField } from './form-fields.ts'

const defaultOf = (value: number) => `default ${value}`

export type FieldLabels = { label: string; hint?: string; placeholder?: string }

/** The texts of a field of the form. */
export function labelsOf({ path, isRequired }: FormField): FieldLabels {
  if (path === 'baseUrl' && !isRequired) return proxyAddress
  const labels = fieldLabels[path]
  if (!labels) throw new Error(`The field ${path} has no label.`)
  return labels
}

const proxyAddress: FieldLabels = {
  label: 'Proxy address',
  hint: 'The base URL of a proxy with the same API. Leave empty to use the provider’s own.',
}

/** By path. */
const fieldLabels: Readonly<Record<string, FieldLabels>> = {
  name: { label: 'Name', hint: 'The name used in captions and in the chain.' },
  baseUrl: {
    label: 'Address',
    hint: 'The base URL of the API, with its version. It often ends in /v1.',
  },
  models: {
    label: 'Models',
    hint: 'One per line, at most 5. The first is asked, and if it fails, the next.',
  },
  region: { label: 'Region', placeholder: 'us-east-1' },
  endpoint: { label: 'Endpoint', hint: 'The name of the endpoint in SageMaker.' },
  leastConfidence: {
    label: 'Minimum confidence',
    hint: 'From 0 to 1. Labels below it are left out.',
  },
  provider: {
    label: 'Inference provider',
    hint: '“auto” uses the first in your account that serves the model.',
  },
  endpointUrl: {
    label: 'Dedicated endpoint',
    hint: 'Its URL, if you have one. The provider must then be “auto”.',
  },
  model: {
    label: 'Model',
    hint: 'A name from “descry models list”. Download it first with “descry models pull”.',
  },
  folder: { label: 'Folder', hint: 'The path on the server, as printed by “descry train”.' },
  timeoutSeconds: { label: 'Request timeout', hint: 'In seconds.' },

  'limits.formats': {
    label: 'Image formats',
    hint: 'If none is chosen, those that the provider accepts.',
  },
  'limits.maxSide': { label: 'Longest side', hint: 'In pixels. Larger images are scaled down.' },
  'limits.maxBytes': { label: 'Maximum file size', hint: 'In bytes.' },
  'limits.perMinute': { label: 'Requests per minute' },
  'limits.perDay': { label: 'Requests per day', hint: 'Counted from midnight UTC.' },
  'limits.parallel': { label: 'Concurrent requests' },

  'sampling.temperature': {
    label: 'Temperature',
    placeholder: defaultOf(defaultSampling.temperature),
  },
  'sampling.topP': { label: 'Top P', placeholder: defaultOf(defaultSampling.topP) },
  'sampling.topK': { label: 'Top K', placeholder: defaultOf(defaultSampling.topK) },
  'sampling.maxTokens': {
    label: 'Maximum tokens',
    placeholder: defaultOf(defaultSampling.maxTokens),
  },

  'price.inputPerMillion': { label: 'Per million input tokens' },
  'price.outputPerMillion': { label: 'Per million output tokens' },
  'price.perImage': { label: 'Per image' },
}

/** Groups of fields under More, by the first part of their paths. */
export const fieldGroups = [
  { prefix: 'limits', title: 'Limits', text: 'Leave empty for no limit, or the provider’s own.' },
  { prefix: 'sampling', title: 'Sampling', text: 'How the model chooses its words.' },
  {
    prefix: 'price',
    title: 'Price in US dollars',
    text: 'Used for estimates and budgets. The suggested price is the list price of the first model; yours may differ. Leave empty if it costs nothing.',
  },
] as const
