import type { Content, OpenApi, OpenApiOperation } from './open-api.ts'
import { type Field, schemaFields, typeName } from './schema-fields.ts'

type Body = { mediaType: string; fields: Field[]; example?: unknown }
type Response = { status: string; description: string; bodies: Body[] }
type ReferenceParameter = Field & { place: string; example?: unknown }

export type Operation = {
  id: string
  method: string
  path: string
  summary: string
  description: string
  parameters: ReferenceParameter[]
  bodies: Body[]
  responses: Response[]
  errors: { status: string; codes: string[] }[]
}

export type OperationGroup = { tag: string; description: string; operations: Operation[] }

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** The operations of a document by tag, in the order of the document. */
export function toReference(api: OpenApi): OperationGroup[] {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    METHODS.flatMap((method) => {
      const operation = methods[method]
      return operation
        ? [{ tag: operation.tags?.[0] ?? 'Other', ...toOperation(api, method, path, operation) }]
        : []
    }),
  )
  return [...Map.groupBy(operations, ({ tag }) => tag)].map(([tag, members]) => ({
    tag,
    description: api.tags?.find(({ name }) => name === tag)?.description ?? '',
    operations: members,
  }))
}

function toOperation(
  api: OpenApi,
  method: string,
  path: string,
  operation: OpenApiOperation,
): Operation {
  const { summary, description = '', parameters = [], requestBody, responses = {} } = operation
  const all = Object.entries(responses).map(([status, { description = '', content }]) => ({
    status,
    description,
    bodies: toBodies(api, content),
  }))
  return {
    id: `${method}${path.replace(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, ''),
    method: method.toUpperCase(),
    path,
    summary: summary ?? operation.operationId ?? '',
    description,
    parameters: parameters.map(
      ({ name, in: place, required = false, description = '', schema, example }) => ({
        name,
        place,
        type: typeName(api, schema),
        isRequired: required,
        description: description || (schema?.description ?? ''),
        depth: 0,
        ...(example !== undefined && { example }),
      }),
    ),
    bodies: toBodies(api, requestBody?.content),
    responses: all.filter(({ status, bodies }) => /^[23]/.test(status) || !bodies.every(isError)),
    errors: all
      .filter(({ status, bodies }) => /^[45]/.test(status) && bodies.every(isError))
      .map(({ status, description }) => ({ status, codes: description.split(', ') })),
  }
}

/** Some failures are answers too: the health of a server that is not ready is in its 503. */
const isError = ({ fields }: Body) => fields[0]?.name === 'error'

const toBodies = (api: OpenApi, content: Content = {}): Body[] =>
  Object.entries(content).map(([mediaType, { schema, example }]) => ({
    mediaType,
    fields: schemaFields(api, schema),
    ...(example !== undefined && { example }),
  }))
