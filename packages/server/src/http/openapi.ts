import { CaptionRequest, ErrorResponse, errorCodes, JobRequest } from '@descry/contract'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readVersion } from '../read-version.ts'

/** The API reference, from the very schemas that check requests and answers. */
export async function registerOpenApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Descry',
        version: readVersion(),
        description: 'Image in, caption out: now or as a job.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => {
      const { openapiObject } = document as { openapiObject: OpenApi }
      addImageBody(openapiObject.paths['/api/captions']?.post, CaptionRequest)
      addImageBody(openapiObject.paths['/api/jobs/captions']?.post, JobRequest)
      addErrors(openapiObject)
      return openapiObject as never
    },
  })
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}

type Operation = { requestBody?: unknown; responses: Record<string, unknown> }
type OpenApi = {
  paths: Record<string, Partial<Record<string, Operation>>>
  components?: Record<string, Record<string, unknown>>
}

/** The routes parse these bodies themselves, since they come in two forms. */
function addImageBody(operation: Operation | undefined, schema: z.ZodType): void {
  if (!operation) throw new Error('The routes and their reference disagree.')
  const json = toJsonSchema(schema)
  const { url: _, data: __, ...options } = json.properties ?? {}
  operation.requestBody = {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { ...options, file: { type: 'string', format: 'binary' } },
          required: ['file'],
        },
      },
      'application/json': { schema: json },
    },
  }
}

/** Every operation may fail, in the one shape. */
function addErrors(document: OpenApi): void {
  document.components ??= {}
  document.components.schemas = {
    ...document.components.schemas,
    Error: toJsonSchema(ErrorResponse),
  }
  const codes = Object.entries(errorCodes).map(([code, { status }]) => `${code} (${status})`)
  const failure = {
    description: `What went wrong. Codes: ${codes.join(', ')}.`,
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      if (operation) operation.responses = { ...operation.responses, default: failure }
    }
  }
}

function toJsonSchema(schema: z.ZodType): { properties?: Record<string, unknown> } {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input' })
  return json as { properties?: Record<string, unknown> }
}
