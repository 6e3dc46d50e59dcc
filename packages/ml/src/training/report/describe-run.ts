import { basename } from 'node:path'
import { escapeHtml } from './escape-html.ts'
import type { ReportedModel } from './read-model.ts'

/** What was trained on what, and how far; `done` epochs. HTML. */
export function describeRun(model: ReportedModel | undefined, done: number): string {
  if (!model) {
    return `${count(done, 'epoch')} done. What was trained on what is not known: there is no model.json here that can be read.`
  }
  const { training } = model
  const { epochs, selfCritical } = training.settings
  const progress =
    typeof epochs === 'number'
      ? `${done.toLocaleString('en')} of ${count(epochs, 'epoch')}`
      : count(done, 'epoch')
  const from = training.startedFrom ? `started from ${nameOf(training.startedFrom)} and ` : ''
  const data = `${count(training.images, 'image')} of <b>${escapeHtml(training.data)}</b>`
  const how =
    selfCritical === true ? ' by self-critical training' : describeTeacher(training.teacher)
  return `${describeModel(model)}, ${from}trained on ${data}${how}. ${progress} done, seed ${training.seed}.`
}

function describeTeacher(teacher: ReportedModel['training']['teacher']): string {
  if (!teacher) return ''
  const more =
    teacher.extraImages > 0 ? ` and ${count(teacher.extraImages, 'image')} without captions` : ''
  return `${more} with ${escapeHtml(shorten(teacher.name))} as its teacher`
}

const decoders: Record<string, string> = {
  'cnn-transformer': 'a transformer',
  'lstm-attention': 'an LSTM with attention',
}

function describeModel({ settings, backbone, weights }: ReportedModel): string {
  const decoder = decoders[settings.architecture] ?? escapeHtml(settings.architecture)
  const encoder = backbone ? `the frozen ${escapeHtml(shorten(backbone.name))}` : 'a CNN'
  const size = new Intl.NumberFormat('en', {
    notation: 'compact',
    compactDisplay: 'long',
    maximumSignificantDigits: 2,
  }).format(weights)
  return `${capitalize(encoder)} as encoder and ${decoder} as decoder, ${size} weights, images of ${settings.imageSize} pixels`
}

const nameOf = (folder: string) => escapeHtml(basename(folder) || folder)
/** `owner/name` of `owner/name@commit/file`. */
const shorten = (name: string) => name.split('@')[0] ?? name
const capitalize = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
const count = (number: number, what: string) =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
