import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from '../packages/server/src/postgres/address.ts'
import { openEmbeddedPostgres } from '../packages/server/src/postgres/open-embedded-postgres.ts'

export type ScratchPostgres = {
  url: string
  /** Away, with everything in it, until `resume`. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Gone, with everything in it. */
  stop(): Promise<void>
}

/**
 * A real Postgres on a free port of loopback, as people have one behind DATABASE_URL. It ends with
 * this process, however that ends.
 */
export async function startScratchPostgres(): Promise<ScratchPostgres> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'descry-postgres-'))
  const port = await findFreePort()
  const open = () =>
    openEmbeddedPostgres({
      ...{ dataFolder, port, maxConnections: 200, version: 'test' },
      onNotice: (message) => console.warn(`Postgres of the tests: ${message}`),
    })
  let postgres = await open()
  return {
    url: `postgres://descry:${postgres.address.password}@127.0.0.1:${port}`,
    pause: () => postgres.close(),
    async resume() {
      postgres = await open()
    },
    async stop() {
      await postgres.close()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
