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
          404: { description: 'not-found, job-unfinished' },
        },
      },
    },
    '/api/captions': {
      post: {
        tags: ['Captions'],
        requestBody: {
          content: {
            'multipart/form-data': { schema: { type: 'object' } },
            'application/json': {
              example: { url: 'https://example.com/photo.jpg', styles: ['alt', 'concise'] },
            },
          },
        },
        responses: {},
      },
      get: {
        tags: ['Captions'],
        parameters: [
          { name: 'search', in: 'query', example: 'a dog' },
          { name: 'limit', in: 'query', example: 5 },
          { name: 'cursor', in: 'query' },
        ],
        responses: { 200: { content: { 'application/json': {} } } },
      },
    },
    '/api/captioners/{name}': {
      put: {
        tags: ['Captioners'],
        parameters: [{ name: 'name', in: 'path', example: 'local-qwen' }],
        requestBody: {
          content: { 'application/json': { example: { key: null, fallback: true, note: "it's" } } },
        },
      },
    },
    '/api/health': {
      get: {
        tags: ['Health'],
        responses: {
          503: { content: { 'application/json': { schema: { properties: { ready: {} } } } } },
        },
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
    errors: [{ status: '404', codes: ['not-found', 'job-unfinished'] }],
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
  const upload = exampleCode(captions!.operations[1]!, here)
  expect(upload.curl).toContain('-F styles=alt,concise \\\n  -F file=@photo.jpg')
  expect(upload.curl).not.toContain('example.com')
  expect(upload.python).toContain('http://lamp.local:3000/api/captions')
})

test('examples are those of the description, written as each language wants them', () => {
  const [, captions, captioners] = toReference(api)
  const list = exampleCode(captions!.operations[0]!, '')
  expect(list.curl).toBe("curl '/api/captions?search=a+dog&limit=5'")
  const save = exampleCode(captioners!.operations[0]!, '')
  expect(save.curl).toContain('curl -X PUT /api/captioners/local-qwen')
  expect(save.curl).toContain(`-d '{"key":null,"fallback":true,"note":"it'\\''s"}'`)
  expect(save.python).toContain('json={"key": None, "fallback": True, "note": "it\'s"})')
})

test('a failure with an answer of its own is a response, not an error', () => {
  const health = toReference(api).at(-1)?.operations[0]
  expect(health).toMatchObject({ responses: [{ status: '503' }], errors: [] })
})

test('anything but an OpenAPI document is refused', () => {
  expect(() => parseOpenApi({ error: 'no' })).toThrow('OpenAPI')
})
