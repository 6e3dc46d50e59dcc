/** The embedded Postgres cannot be used. The message says why, and what to do about it. */
export class PostgresError extends Error {
  override readonly name = 'PostgresError'
}
