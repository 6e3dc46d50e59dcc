import type { FastifyReply } from 'fastify'
import { AppError } from '../errors.ts'

/** Aborts when the caller has gone away before the answer. */
export function closedSignal({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController()
  raw.once('close', () => {
    if (raw.writableFinished) return
    controller.abort(new AppError('client-closed', 'The caller closed the connection.'))
  })
  return controller.signal
}
