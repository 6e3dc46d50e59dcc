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
  const { url, stop } = await startScratchPostgres()
  project.provide('postgresUrl', url)
  return stop
}
