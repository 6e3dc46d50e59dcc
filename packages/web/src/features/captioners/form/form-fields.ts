import { type CaptionerKind, CaptionerSettings } from '@descry/contract'
import { z } from 'zod'

/** A field of the form of a kind, as the contract has it. `path`: where its value is in the settings. */
export type FormField = {
  path: string
  type: 'text' | 'number' | 'list'
  isNeeded: boolean
  /** What stands in it when nothing else is said. */
  initial: string
}

/** Settings that have a place of their own on the page. */
const elsewhere = new Set(['kind', 'enabled'])

export function fieldsOf(kind: CaptionerKind): FormField[] {
  const option = CaptionerSettings.options.find(({ shape }) => shape.kind.value === kind)
  if (!option) throw new Error(`There are no captioners of the kind ${kind}.`)
  return fieldsIn(option.shape).filter(({ path }) => !elsewhere.has(path))
}

function fieldsIn(shape: Readonly<Record<string, z.core.$ZodType>>, prefix = ''): FormField[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const path = prefix + name
    const inner = unwrap(schema)
    if (inner instanceof z.ZodObject) return fieldsIn(inner.shape, `${path}.`)
    return { path, type: typeOf(inner), isNeeded: inner === schema, initial: initialOf(schema) }
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
  // A price of nothing is better left empty: then there is none.
  return typeof defaultValue === 'object' || defaultValue === 0 ? '' : String(defaultValue)
}
