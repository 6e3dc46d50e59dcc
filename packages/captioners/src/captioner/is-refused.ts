import type { CaptionerFailure } from './captioner-failure.ts'

/** Nobody listens there: known in milliseconds, and not over in a second. */
export const isRefused = ({ outcome, cause }: CaptionerFailure): boolean =>
  outcome === 'unreachable' && cause instanceof Error && 'code' in cause && refusals.has(cause.code)

const refusals: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
])
