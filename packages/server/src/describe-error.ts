import { inspect } from 'node:util'

/**
 * An error for the log: what it is and where it came from, but neither replies of models nor traces, which
 * describe people's pictures.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return describeThrown(error)
  const { name: type, message, stack, cause } = error
  const { code, outcome, status } = error as { code?: unknown; outcome?: unknown; status?: unknown }
  return {
    type,
    message,
    stack,
    code,
    outcome,
    status,
    ...(cause instanceof Error && { cause: describeError(cause) }),
    ...(error instanceof AggregateError && { errors: error.errors.map(describeError) }),
  }
}

/** pg-boss tells of errors as plain objects with the message and the stack of the error. */
function describeThrown(thrown: unknown): object {
  if (typeof thrown !== 'object' || thrown === null) return { message: String(thrown) }
  const { message = inspect(thrown, { depth: 1 }), stack, code, queue } = thrown as Thrown
  return { message, stack, code, queue }
}

type Thrown = { message?: unknown; stack?: unknown; code?: unknown; queue?: unknown }
