import {
  commonErrors,
  type Endpoint,
  type ErrorCode,
  ErrorResponse,
  endpointTable,
  errorCodes,
  IdempotencyKey,
  permissions,
} from '@descry/contract'
import { z } from 'zod'
import { readVersion } from '../read-version.ts'

/** The API reference, made from the very schemas that check requests and answers. */
export function toOpenApi(table: Record<string, Endpoint> = endpointTable) {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, endpoint] of Object.entries(table)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: toOperation(name, endpoint) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Descry',
      version: readVersion(),
      description: 'Image in, caption out: now or as a job.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths,
    components: { schemas: { Error: toJsonSchema(ErrorResponse, 'output') } },
  }
}

function toOperation(operationId: string, endpoint: Endpoint) {
  const { tag, summary, permission, params, query, example } = endpoint
  const requestBody = toRequestBody(endpoint)
  return {
    operationId,
    tags: [tag],
    summary,
    ...(permission !== 'none' && {
      description: `Needs the permission \`${permission}\`: ${permissions[permission]}.`,
    }),
    parameters: [
      ...toParameters(params, 'path', example?.params),
      ...toParameters(query, 'query', example?.query),
      ...(endpoint.idempotent ? [IDEMPOTENCY_KEY] : []),
    ],
    ...(requestBody && { requestBody }),
    responses: { ...toAnswers(endpoint), ...toFailures(endpoint) },
  }
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'the same request sent again with it gives the same job',
  schema: toJsonSchema(IdempotencyKey, 'input'),
}

function toParameters(
  schema: z.ZodObject | undefined,
  place: 'path' | 'query',
  example: object = {},
) {
  const { properties = {}, required = [] } = schema ? toJsonSchema(schema, 'input') : {}
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || (required as string[]).includes(name),
    ...(description !== undefined && { description }),
    schema: property,
    ...(name in example && { example: (example as Record<string, unknown>)[name] }),
  }))
}

function toRequestBody({ body, upload, example }: Endpoint) {
  const content = {
    ...(upload && {
      'multipart/form-data': { schema: withFile(toJsonSchema(upload.form, 'input')) },
    }),
    ...(upload && { 'image/*': { schema: { type: 'string', format: 'binary' } } }),
    ...((upload ?? body) && {
      'application/json': {
        schema: toJsonSchema((upload?.json ?? body) as z.ZodType, 'input'),
        ...(example?.body && { example: example.body }),
      },
    }),
  }
  const optional = body?.safeParse(undefined).success ?? false
  return Object.keys(content).length > 0 ? { required: !optional, content } : undefined
}

const withFile = ({ properties, required = [], ...schema }: JsonSchema) => ({
  ...schema,
  properties: { ...properties, file: { type: 'string', format: 'binary' } },
  required: [...(required as string[]), 'file'],
})

function toAnswers({ response, status = 200, otherStatus }: Endpoint): Record<string, object> {
  if (response === 'picture') {
    const content = { 'image/*': { schema: {} } }
    return {
      200: { description: 'The picture', content },
      304: { description: 'You have it already' },
    }
  }
  if (response === 'event-stream') {
    return { 200: { description: 'One event after the other', content: { [SSE]: { schema: {} } } } }
  }
  const content = { 'application/json': { schema: toJsonSchema(response, 'output') } }
  const answer = { description: 'The answer', content }
  return { [status]: answer, ...(otherStatus && { [otherStatus]: answer }) }
}

const SSE = 'text/event-stream'

/** The codes that an endpoint fails with, by status, all in the one shape. */
function toFailures({ errors, permission, otherStatus }: Endpoint): Record<string, object> {
  const codes = new Set<ErrorCode>([...errors, ...commonErrors])
  if (permission === 'none') codes.delete('database-unavailable')
  const byStatus = Map.groupBy(codes, (code) => errorCodes[code].status)
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } }
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => status !== otherStatus)
      .sort(([one], [other]) => one - other)
      .map(([status, members]) => [status, { description: members.join(', '), content }]),
  )
}

type JsonSchema = { properties?: Record<string, { description?: string }>; required?: unknown }

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json as JsonSchema
}
