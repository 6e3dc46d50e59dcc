import { escapeHtml } from './escape-html.ts'
import type { ReportedModel } from './read-model.ts'

/** Everything the card says of data and settings, folded away. */
export function settingsTable({ training, backbone, createdBy }: ReportedModel): string {
  const rows: [string, unknown][] = [
    ['data', training.data],
    ['licence of the data', training.dataLicence],
    ['SHA-256 of the data', training.dataSha256],
    ['started from', training.startedFrom],
    ['backbone', backbone?.name],
    ['teacher', training.teacher?.name],
    ['pictures without captions', training.teacher?.extraImages],
    ['written by', createdBy],
    ...flatten(training.settings),
  ]
  const lines = rows
    .filter(([, value]) => value !== undefined && value !== null)
    .map(
      ([name, value]) =>
        `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(toText(value))}</td></tr>`,
    )
  return `<details><summary>Data and settings</summary>
<table class="settings">
${lines.join('\n')}
</table></details>`
}

/** `model: { imageSize: 112 }` becomes `model.imageSize`: 112. */
function flatten(settings: object, path = ''): [string, unknown][] {
  return Object.entries(settings).flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? flatten(value, `${path}${name}.`)
      : [[`${path}${name}`, value]],
  )
}

function toText(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return Array.isArray(value) ? value.map(toText).join(', ') : JSON.stringify(value)
}
