import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export const REQUEST_ID_HEADER = 'x-request-id'

/** The caller's own id if it is a plain one, so that it can be followed through several systems. */
export function acceptRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers[REQUEST_ID_HEADER]
  return typeof given === 'string' && PLAIN.test(given) ? given : randomUUID()
}

const PLAIN = /^[\w.:-]{1,100}$/
