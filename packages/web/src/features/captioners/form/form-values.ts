import { type CaptionerKind, CaptionerSettings, describeIssue } from '@descry/contract'
import { type FormField, fieldsOf } from './form-fields.ts'

/** The text of each field, by path. A list has one entry per line. */
export type FormValues = Readonly<Record<string, string>>

export type FormResult =
  | { settings: CaptionerSettings; errors: Readonly<Record<string, never>> }
  | { settings: undefined; errors: FormValues }

/** Whole or partial settings as the text of a form. */
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
 * The settings of a form, or its errors by path. An empty field means that the setting is absent. Under a
 * name that is taken, the captioner would replace another.
 */
export function fromForm(
  { kind, enabled }: Pick<CaptionerSettings, 'kind' | 'enabled'>,
  values: FormValues,
  takenNames: readonly string[] = [],
): FormResult {
  const fields = fieldsOf(kind)
  const settings: Record<string, unknown> = { kind, enabled }
  for (const field of fields) {
    const text = values[field.path]?.trim() ?? ''
    if (text !== '') write(settings, field.path, parse(field, text))
  }
  const parsed = CaptionerSettings.safeParse(settings)
  const errors: Record<string, string> = {}
  if (takenNames.includes(String(settings.name))) errors.name = 'Another captioner has this name.'
  else if (parsed.success) return { settings: parsed.data, errors: {} }
  for (const issue of parsed.error?.issues ?? []) {
    const path = fieldPathOf(fields, issue.path.join('.'))
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

/** An error in the second of several models belongs to the field of the models. */
const fieldPathOf = (fields: readonly FormField[], path: string) =>
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
