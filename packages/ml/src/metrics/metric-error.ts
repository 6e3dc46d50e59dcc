/** Input that cannot be scored. The message says what was found and what to do. */
export class MetricError extends Error {
  override readonly name = 'MetricError'
}
