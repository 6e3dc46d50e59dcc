/**
 * An error for the log: what it is and where it came from, but neither replies of models nor traces, which
 * describe people's pictures.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
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
