import { onTestFinished } from 'vitest'
import { startScratchPostgres } from '../scratch-postgres.ts'

/** A Postgres of the test's own, to stop and start as it likes; gone when the test is over. */
export async function startOwnPostgres() {
  const { url, pause, resume, stop } = await startScratchPostgres()
  onTestFinished(stop)
  return { url, stop: pause, start: resume }
}
