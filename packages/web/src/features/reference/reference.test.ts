import { expect, test } from 'vitest'
import { exampleCode } from './example-code.ts'
import { type OpenApi, parseOpenApi } from './open-api.ts'
import { schemaFields, typeName } from './schema-fields.ts'
import { toReference } from './to-reference.ts'

const api: OpenApi = {
  tags: [{ name: 'Jobs', description: 'Work in the background.' }],
  paths: {
    '/api/jobs/{id}': {
      get: {
        tags: ['Jobs'],
        summary: 'Reads a job',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'The job',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Job' } } },
          },
          404: { description: 'No such job' },
        },
      },
    },
    '/api/captions': {
      post: {
        tags: ['Captions'],
        requestBody: { content: { 'multipart/form-data': { schema: { type: 'object' } } } },
        responses: {},
      },
    },
  },
  components: {
    schemas: {
      Job: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', format: 'uuid' },
          error: { anyOf: [{ $ref: '#/components/schemas/Failure' }, { type: 'null' }] },
          styles: { type: 'array', items: { enum: ['concise', 'alt'] } },
        },
      },
      Failure: { type: 'object', properties: { code: { type: 'string' } } },
    },
  },
}

test('operations are grouped by tag, with errors apart from other responses', () => {
  const [jobs, captions] = toReference(api)
  expect([jobs?.tag, jobs?.description, captions?.tag]).toEqual([
    'Jobs',
    'Work in the background.',
    'Captions',
  ])
  expect(jobs?.operations[0]).toMatchObject({
    method: 'GET',
    responses: [{ status: '200' }],
    errors: [{ status: '404', description: 'No such job' }],
  })
})

test('fields follow references, choices and lists', () => {
  const fields = schemaFields(api, { $ref: '#/components/schemas/Job' })
  expect(fields.map(({ name, type, depth }) => [name, type, depth])).toEqual([
    ['id', 'string (uuid)', 0],
    ['error', 'object or null', 0],
    ['code', 'string', 1],
    ['styles', 'list of "concise" | "alt"', 0],
  ])
  expect(typeName(api, { type: ['integer', 'null'] })).toBe('integer or null')
})

test('examples carry the address of this server', () => {
  const [jobs, captions] = toReference(api)
  const here = 'http://lamp.local:3000'
  const read = exampleCode(jobs!.operations[0]!, here)
  expect(read.curl).toBe('curl http://lamp.local:3000/api/jobs/ID')
  const upload = exampleCode(captions!.operations[0]!, here)
  expect(upload.curl).toContain('-F file=@photo.jpg')
  expect(upload.python).toContain('http://lamp.local:3000/api/captions')
})

test('anything but an OpenAPI document is refused', () => {
  expect(() => parseOpenApi({ error: 'no' })).toThrow('OpenAPI')
})
