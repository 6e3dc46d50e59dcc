import { type CaptionerKind, CaptionerSettings } from '@descry/contract'
import { describeIssue } from '../../../lib/forms/describe-issue.ts'
import { type FormField, fieldsOf } from './form-fields.ts'

/** What is written in the fields, by path. Lists have a line for each. */
export type FormValues = Readonly<Record<string, string>>

export type FormResult =
  | { settings: CaptionerSettings; errors: Readonly<Record<string, never>> }
  | { settings: undefined; errors: FormValues }

/** Settings, whole or in part, as the text of a form. */
export function toForm(kind: CaptionerKind, settings: object): FormValues {
  return Object.fromEntries(
    fieldsOf(kind).map(({ path, initial }) => {
      const value = read(settings, path)
      if (value === undefined) return [path, initial]
      return [path, Array.isArray(value) ? value.join('\n') : String(value)]
    }),
  )
}

/**
 * The settings that a form says, or what is wrong with it, by path. An empty field says nothing. Saved
 * under a name that is taken, it would replace another captioner.
 */
export function fromForm(
  { kind, enabled }: Pick<CaptionerSettings, 'kind' | 'enabled'>,
  values: FormValues,
  taken: readonly string[] = [],
): FormResult {
  const fields = fieldsOf(kind)
  const settings: Record<string, unknown> = { kind, enabled }
  for (const field of fields) {
    const text = values[field.path]?.trim() ?? ''
    if (text !== '') write(settings, field.path, parse(field, text))
  }
  const parsed = CaptionerSettings.safeParse(settings)
  const errors: Record<string, string> = {}
  if (taken.includes(String(settings.name))) errors.name = 'Another captioner has this name.'
  else if (parsed.success) return { settings: parsed.data, errors: {} }
  for (const issue of parsed.error?.issues ?? []) {
    const path = fieldAt(fields, issue.path.join('.'))
    errors[path] ??= describeIssue(issue)
  }
  return { settings: undefined, errors }
}

function parse({ type }: FormField, text: string): unknown {
  if (type === 'number') return Number(text.replace(',', '.'))
  if (type === 'text') return text
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/** A mistake in the second of several models stands at the models. */
const fieldAt = (fields: readonly FormField[], path: string) =>
  fields.find((field) => path === field.path || path.startsWith(`${field.path}.`))?.path ?? path

function read(from: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), from)
}

function write(into: Record<string, unknown>, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.')
  if (rest.length === 0) {
    into[name] = value
    return
  }
  const inner = isRecord(into[name]) ? into[name] : {}
  into[name] = inner
  write(inner, rest.join('.'), value)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
