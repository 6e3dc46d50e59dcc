import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Timing } from '@descry/captioners'
import { createChain } from '@descry/captioners'
import { postgresUsage } from '../../src/captioners/postgres-usage.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/db/client.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open-database.ts'
import { createDatabase } from '../world.ts'

type ChainOptions = { clock?: () => Date; timing?: Partial<Timing> }

/** A database of its own, and chains on it; each chain has a pool of its own, as a process has. */
export async function openChainWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'descry-chain-'))
  const databaseUrl = await createDatabase()
  const config = readConfig({ DESCRY_DATA: folder, DATABASE_URL: databaseUrl })
  const errors: unknown[] = []
  const onError = (error: unknown) => errors.push(error)
  const opened: Database[] = []
  const open = async () => {
    const database = await openDatabase(config, { onError })
    opened.push(database)
    return database.db
  }
  const db = await open()
  await migrate(db)

  return {
    db,
    databaseUrl,
    errors,
    async openChain({ clock, timing }: ChainOptions = {}) {
      return createChain({
        usage: postgresUsage({ db: await open(), clock }),
        onError,
        timing: { backoffMs: 10, ...timing },
      })
    },
    async close() {
      for (const database of opened) await database.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type ChainWorld = Awaited<ReturnType<typeof openChainWorld>>
