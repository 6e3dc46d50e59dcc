import type { Server } from 'node:http'
import compress from '@fastify/compress'
import multipart from '@fastify/multipart'
import websocket from '@fastify/websocket'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import type { z } from 'zod'
import type { Deps } from '../deps.ts'
import { handleErrors } from './handle-errors.ts'
import { identifyCaller } from './identify-caller.ts'
import { guardLocalMode } from './local-mode.ts'
import { toOpenApi } from './openapi.ts'
import { acceptRequestId, REQUEST_ID_HEADER } from './request-id.ts'
import { registerRoutes } from './routes.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { servePage } from './serve-page.ts'
import { countUploads } from './upload-budget.ts'

export type App = Awaited<ReturnType<typeof buildApp>>

/** The HTTP edge: a request, a call, a reply. Listens nowhere yet. */
export async function buildApp(deps: Deps, { log }: { log: FastifyBaseLogger }) {
  const { http, images, uploads } = deps.config
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true, // one line when the answer is out is enough
      requestIdLogLabel: 'requestId',
    }),
    genReqId: acceptRequestId,
    trustProxy: http.trustedProxies.length > 0 ? http.trustedProxies : false,
    bodyLimit: Math.ceil(images.maxBytes * BASE64_GROWTH) + JSON_ROOM,
    requestTimeout: 120_000,
    frameworkErrors: (error, request, reply) => {
      reply.header(REQUEST_ID_HEADER, request.id)
      handleErrors(error, request, reply)
    },
    forceCloseConnections: 'idle',
  })
  app.removeContentTypeParser('text/plain') // images come as a form, in JSON or as they are
  // The body stays a stream: it is read, up to its limit, where an image is expected.
  app.addContentTypeParser(/^image\//, (_request, payload, done) => done(null, payload))
  app.setValidatorCompiler(({ schema }: { schema: z.ZodType }) => (value) => {
    const { data, error } = schema.safeParse(value)
    return error ? { error } : { value: data }
  })
  // Only what the contract promises goes out; anything else is a bug of ours.
  app.setSerializerCompiler(({ schema }) => (data) => {
    const answer = (schema as z.ZodType).safeParse(data)
    if (answer.success) return JSON.stringify(answer.data)
    throw new Error('This answer is not what the contract promises.', { cause: answer.error })
  })
  app.setErrorHandler(handleErrors)
  app.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id)
  })
  // What the API says is about somebody's images; pictures, which never change, say otherwise themselves.
  app.addHook('onSend', async ({ url }, reply) => {
    if (url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store')
    }
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, url } = request
    const fields = { method, url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    request.log.info(fields, 'answered')
    // Node leaves the socket of a refused upgrade to us; it would stay open and hold up a stop.
    if (request.headers.upgrade && reply.statusCode >= 400) request.raw.socket.end()
  })

  app.addHook('preClose', async () => closeConnections(app.server))
  guardLocalMode(app, http)
  await app.register(setSecurityHeaders, http)
  countUploads(app, uploads)
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'] })
  await app.register(multipart)
  await app.register(websocket)
  await app.register(identifyCaller)
  registerRoutes(app, deps)
  const reference = toOpenApi()
  app.get('/api/openapi.json', { config: { permission: 'none' } }, async () => reference)
  await app.register(servePage)
  return app
}

/**
 * While stopping, a connection closes as soon as it is answered: kept alive, as Node leaves those that
 * were busy when the stop began, it would hold the stop for more than a minute. Those that are still
 * not answered after ten seconds are cut, which stops their captioner.
 */
function closeConnections(server: Server): void {
  if (!server.listening) return
  const sweep = setInterval(() => server.closeIdleConnections(), 50).unref()
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS).unref()
  server.once('close', () => {
    clearInterval(sweep)
    clearTimeout(grace)
  })
}

const GRACE_MS = 10_000

const BASE64_GROWTH = 4 / 3
const JSON_ROOM = 64 * 1024
