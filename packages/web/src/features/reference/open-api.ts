/** The parts of an OpenAPI 3.1 document that we read. Everything may be missing. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  enum?: unknown[]
  const?: unknown
  default?: unknown
  example?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
}

export type Content = Record<string, { schema?: Schema; example?: unknown }>

type Parameter = {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Schema
  example?: unknown
}

export type OpenApiOperation = {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content?: Content; required?: boolean }
  responses?: Record<string, { description?: string; content?: Content }>
}

export type OpenApi = {
  info?: { title?: string; version?: string; description?: string }
  tags?: { name: string; description?: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components?: { schemas?: Record<string, Schema> }
}

export function parseOpenApi(document: unknown): OpenApi {
  if (document && typeof document === 'object' && 'paths' in document && document.paths) {
    return document as OpenApi
  }
  throw new Error('The server did not send an OpenAPI document.')
}
