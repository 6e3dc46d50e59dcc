import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { putBack } from './create-cluster.ts'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'

/**
 * Throws where files that no database is without are missing or not what they should be, as far as that
 * can be seen without starting Postgres, which changes files.
 */
export async function checkClusterFiles({
  cluster,
}: Pick<PostgresPaths, 'cluster'>): Promise<void> {
  for (const name of ['base', 'global', 'pg_wal', 'pg_xact']) {
    const files = await readdir(join(cluster, name)).catch(() => [])
    if (files.length === 0) throw damaged(cluster, `its folder ${name} is missing or empty`)
  }
  for (const name of ['postgresql.conf', 'pg_hba.conf']) {
    const found = await stat(join(cluster, name)).catch(() => undefined)
    if (!found?.isFile()) throw damaged(cluster, `its configuration file ${name} is missing`)
  }
  const control = await readFile(join(cluster, 'global', 'pg_control')).catch(() => Buffer.alloc(0))
  if (control.length !== CONTROL_BYTES || control.readUInt32LE(8) !== CONTROL_VERSION) {
    throw damaged(cluster, 'its control file global/pg_control is missing or damaged')
  }
}

const damaged = (cluster: string, fault: string) =>
  new PostgresError(`${cluster} is damaged: ${fault}. ${putBack(cluster)}`)

/** PG_CONTROL_FILE_SIZE and PG_CONTROL_VERSION of Postgres 18, src/include/catalog/pg_control.h. */
const CONTROL_BYTES = 8192
const CONTROL_VERSION = 1800
