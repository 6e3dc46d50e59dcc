import { CaptionerFailure } from '../captioner/captioner-failure.ts'
import { nameOf, type Target } from '../captioner/target.ts'

/** The failure of a connection: none, a broken one, or one that was silent for too long. */
export function unreachable(target: Target, error: unknown): CaptionerFailure {
  const cause = rootOf(error)
  const code = codeOf(cause)
  if (silences.has(code)) {
    const message = `${nameOf(target)} was silent for too long (${code}).`
    return new CaptionerFailure('timed-out', message, { cause })
  }
  const message = `${nameOf(target)} cannot be reached (${code}). Check its address, and that it runs.`
  return new CaptionerFailure('unreachable', message, { cause })
}

/** Of undici, which gives up after five minutes, whatever the deadline. */
const silences = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** `fetch` wraps what happened; a host with several addresses fails with one error for each. */
function rootOf(error: unknown): unknown {
  if (error instanceof AggregateError) return rootOf(error.errors[0])
  return error instanceof Error && error.cause ? rootOf(error.cause) : error
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
