import type { CaptionerFailure } from './captioner-failure.ts'

/** Nobody listens there: known in milliseconds, or in the seconds that a connection may take, and not over in one. */
export const isRefused = ({ outcome, cause }: CaptionerFailure): boolean =>
  outcome === 'unreachable' && cause instanceof Error && 'code' in cause && refusals.has(cause.code)

const refusals: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])
