import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyInstance {
    uploadBudget: UploadBudget
  }
}

/** Bytes of bodies that requests hold at this moment, of all requests together. */
type UploadBudget = {
  /** Counts bytes that a request has received, until it is over. Throws when all together are too many. */
  take(request: FastifyRequest, bytes: number): void
}

/**
 * However many uploads arrive at once, finished or half open, they take no more memory than `maxBytes`:
 * what comes beyond is refused, to be sent again in a moment. Bodies that are no forms are counted here;
 * a form counts its file where it reads it.
 */
export function countUploads(app: FastifyInstance, { maxBytes }: { maxBytes: number }): void {
  const held = new WeakMap<FastifyRequest, number>()
  let inFlight = 0

  const release = (request: FastifyRequest) => {
    inFlight -= held.get(request) ?? 0
    held.delete(request)
  }
  const budget: UploadBudget = {
    take(request, bytes) {
      if (inFlight + bytes > maxBytes) throw tooBusy()
      inFlight += bytes
      held.set(request, (held.get(request) ?? 0) + bytes)
    },
  }
  app.addHook('onRequest', async (request, reply) => {
    reply.raw.once('close', () => release(request))
  })
  app.addHook('preParsing', async (request, _reply, payload) => {
    if (request.headers['content-type']?.startsWith('multipart/')) return payload
    const counted = new PassThrough({
      transform(chunk: Buffer, _encoding, done) {
        try {
          budget.take(request, chunk.byteLength)
          done(null, chunk)
        } catch (error) {
          done(error as Error)
        }
      },
    })
    payload.once('error', (error) => counted.destroy(error))
    counted.once('error', () => payload.resume()) // the rest is read and forgotten
    return payload.pipe(counted)
  })
  app.decorate('uploadBudget', budget)
}

const tooBusy = () =>
  new AppError('too-busy', 'Too many uploads arrive at once. Send this one again in a moment.', {
    retryAfterMs: 2000,
  })
