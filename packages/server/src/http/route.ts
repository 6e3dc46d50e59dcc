import {
  type Endpoint,
  type EndpointName,
  endpointTable,
  IdempotencyKey,
  type Permission,
  type Upload,
} from '@descry/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { z } from 'zod'
import { type Caller, requirePermission } from '../access/caller.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import { type ImageRequest, readImageRequest } from './read-image-request.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller of the route must be allowed to do. */
    permission?: Permission | 'none'
  }
}

/** A request, checked against the description of its endpoint. */
export type Call<E extends Endpoint = Endpoint> = {
  deps: Deps
  caller: Caller
  params: Parsed<E['params']>
  query: Parsed<E['query']>
  body: Parsed<E['body']>
  /** The request's own name, under which it may be sent again. */
  idempotencyKey: string | undefined
  /** Reads the image of an upload and the options beside it. */
  readImage: () => Promise<ImageRequest<OptionsOf<E>>>
  /** Aborts when the caller has gone away before the answer. */
  signal: AbortSignal
  request: FastifyRequest
  reply: FastifyReply
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined
type OptionsOf<E extends Endpoint> =
  E['upload'] extends Upload<infer Options> ? z.output<Options> : never

/** What a handler gives back: the answer, before it is checked; of other kinds, the sent reply. */
type Answer<E extends Endpoint> = E['response'] extends z.ZodType
  ? z.input<E['response']>
  : FastifyReply

export type Route = {
  name: EndpointName
  register(app: FastifyInstance, deps: Deps): void
}

/** Answers an endpoint of the contract with `handle`. */
export function route<Name extends EndpointName>(
  name: Name,
  handle: (
    call: Call<(typeof endpointTable)[Name]>,
  ) => Promise<Answer<(typeof endpointTable)[Name]>>,
  more: Pick<RouteOptions, 'wsHandler'> = {},
): Route {
  const endpoint: Endpoint = endpointTable[name]
  return {
    name,
    register(app, deps) {
      const { path, alsoAt, method, permission, status = 200 } = endpoint
      for (const url of [path, ...(alsoAt ? [alsoAt] : [])]) {
        app.route({
          ...more,
          method,
          url,
          config: { permission },
          schema: schemaOf(endpoint),
          onRequest: async ({ caller }) => requirePermission(caller, permission),
          handler: async (request, reply) => {
            reply.code(status)
            return handle(toCall(endpoint, { deps, request, reply }) as never)
          },
        })
      }
    },
  }
}

function toCall(
  { upload, idempotent }: Endpoint,
  { deps, request, reply }: Pick<Call, 'deps' | 'request' | 'reply'>,
) {
  let signal: AbortSignal | undefined
  const call = {
    ...{ deps, request, reply },
    caller: request.caller,
    params: request.params,
    query: request.query,
    body: request.body,
    idempotencyKey: keyOf(request, idempotent),
    get signal() {
      signal ??= closedSignal(reply)
      return signal
    },
    readImage() {
      if (!upload) throw new Error('This endpoint takes no image.')
      return readImageRequest(request, upload, { limits: deps.config, signal: call.signal })
    },
  }
  return call
}

function keyOf({ headers }: FastifyRequest, idempotent: boolean | undefined): string | undefined {
  const key = headers['idempotency-key']
  if (key === undefined) return undefined
  if (idempotent) return IdempotencyKey.parse(key)
  throw new AppError('unsupported-option', 'This endpoint takes no Idempotency-Key.')
}

/** Fastify checks what comes in and what goes out; an upload is checked where it is read. */
function schemaOf({ params, query, body, response, status = 200, otherStatus }: Endpoint) {
  return {
    ...(params && { params }),
    querystring: query ? query.strict() : z.strictObject({}),
    ...(body && { body }),
    ...(typeof response !== 'string' && {
      response: { [status]: response, ...(otherStatus && { [otherStatus]: response }) },
    }),
  }
}

/** Aborts when the caller has gone away before the answer. */
function closedSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => {
    if (raw.writableFinished) return
    controller.abort(new AppError('client-closed', 'The caller closed the connection.'))
  })
  return controller.signal
}
