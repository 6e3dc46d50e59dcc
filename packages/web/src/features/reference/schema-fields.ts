import type { OpenApi, Schema } from './open-api.ts'

export type Field = {
  name: string
  type: string
  isRequired: boolean
  description: string
  depth: number
}

const MAX_DEPTH = 3

/** The fields of an object schema, nested ones after their parent, with the fields of what a list holds. */
export function schemaFields(api: OpenApi, schema: Schema | undefined, depth = 0): Field[] {
  const { properties = {}, required = [] } = objectOf(api, schema)
  return Object.entries(properties).flatMap(([name, property]) => [
    {
      name,
      type: typeName(api, property),
      isRequired: required.includes(name),
      description: property.description ?? resolve(api, property).description ?? '',
      depth,
    },
    ...(depth < MAX_DEPTH ? schemaFields(api, property, depth + 1) : []),
  ])
}

/** `string`, `integer or null`, `list of "concise" | "alt"`. */
export function typeName(api: OpenApi, given: Schema | undefined): string {
  const schema = resolve(api, given)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((each) => typeName(api, each)))].join(' or ')
  if (schema.allOf) return 'object'
  if (schema.type === 'array') return `list of ${typeName(api, schema.items)}`
  const type = [schema.type ?? 'any'].flat().join(' or ')
  return schema.format ? `${type} (${schema.format})` : type
}

function resolve(api: OpenApi, schema: Schema | undefined): Schema {
  const name = schema?.$ref?.split('/').at(-1)
  if (name === undefined) return schema ?? {}
  return resolve(api, api.components?.schemas?.[name])
}

/** The one object in a schema: itself, what a list holds, the parts of an `allOf`, the choices. */
function objectOf(api: OpenApi, given: Schema | undefined): Schema {
  const schema = resolve(api, given)
  if (schema.properties) return schema
  if (schema.type === 'array') return objectOf(api, schema.items)
  const parts = (schema.allOf ?? schema.anyOf ?? schema.oneOf ?? []).map((part) =>
    objectOf(api, part),
  )
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
    required: parts.flatMap(({ required = [] }) => required),
  }
}
