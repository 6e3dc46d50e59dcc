import { type CaptionerKind, CaptionerSettings } from '@descry/contract'
import { z } from 'zod'

/** A field of the form, derived from the contract. `path` is where its value is in the settings. */
export type FormField = {
  path: string
  type: 'text' | 'number' | 'list'
  isRequired: boolean
  /** The default value. */
  initial: string
}

/** Settings that are changed elsewhere on the page. */
const excluded = new Set(['kind', 'enabled'])

export function fieldsOf(kind: CaptionerKind): FormField[] {
  const option = CaptionerSettings.options.find(({ shape }) => shape.kind.value === kind)
  if (!option) throw new Error(`There is no kind of captioner named ${kind}.`)
  return fieldsIn(option.shape).filter(({ path }) => !excluded.has(path))
}

function fieldsIn(shape: Readonly<Record<string, z.core.$ZodType>>, prefix = ''): FormField[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const path = prefix + name
    const inner = unwrap(schema)
    if (inner instanceof z.ZodObject) return fieldsIn(inner.shape, `${path}.`)
    return { path, type: typeOf(inner), isRequired: inner === schema, initial: initialOf(schema) }
  })
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  const isWrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
  return isWrapped ? unwrap(schema.unwrap()) : schema
}

function typeOf(schema: z.core.$ZodType): FormField['type'] {
  if (schema instanceof z.ZodNumber) return 'number'
  return schema instanceof z.ZodArray ? 'list' : 'text'
}

function initialOf(schema: z.core.$ZodType): string {
  if (!(schema instanceof z.ZodDefault)) return ''
  const { defaultValue } = schema.def
  // A price of 0 is shown as an empty field, which means that there is no price.
  return typeof defaultValue === 'object' || defaultValue === 0 ? '' : String(defaultValue)
}
