import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

const OWN_KEY_HEADER = 'x-captioner-key'

/** A provider's key that a request brings: used for that request, never stored or logged. */
export function ownKeyOf({ headers }: FastifyRequest): string | undefined {
  const key = headers[OWN_KEY_HEADER]
  return typeof key === 'string' && key.trim() !== '' ? key.trim() : undefined
}

/** A job runs later, and its key would have to be stored. */
export function refuseOwnKey(request: FastifyRequest): void {
  if (ownKeyOf(request) === undefined) return
  throw new AppError(
    'unsupported-option',
    `A job cannot bring a key of its own (${OWN_KEY_HEADER}): it would have to be stored. Caption without a job, or set the captioner up with its key.`,
  )
}
