import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { AppError } from '../errors.ts'
import { readVersion } from '../read-version.ts'
import type { Db } from './client.ts'

/**
 * Brings the schema up to date and returns the names of what was applied. Safe when several
 * processes start at once: one migrates, the others wait for it. All pending migrations are applied
 * together or not at all. `to`: no further than that one.
 */
export async function migrate(db: Db, { to }: { to?: string } = {}): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: readMigrations },
    migrationTableName: 'descry_migrations',
    migrationLockTableName: 'descry_migrations_lock',
  })
  await refuseNewerSchema(db)
  const { error, results = [] } = await (to ? migrator.migrateTo(to) : migrator.migrateToLatest())
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

/** Throws if a newer Descry has changed the schema in ways that this one does not know. */
export async function refuseNewerSchema(db: Db): Promise<void> {
  if (!(await isMigrated(db))) return
  const known = Object.keys(await readMigrations())
  const { rows } = await sql<{ name: string }>`
    select name from descry_migrations where not name = any(${known}) order by name`.execute(db)
  if (rows.length === 0) return
  throw new AppError(
    'database-unavailable',
    `The database was changed by a newer Descry (${rows.map(({ name }) => name).join(', ')}), and this is Descry ${readVersion()}. Start the newer one.`,
  )
}

/** Whether Descry was ever started on this database. */
export async function isMigrated(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select to_regclass('descry_migrations') is not null as there`.execute(db)
  return rows[0]?.there ?? false
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const folder = findFolder()
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const entries = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(folder, file), 'utf8')
      const up: Migration['up'] = async (db) => void (await sql.raw(text).execute(db))
      return [file.replace('.sql', ''), { up }] as const
    }),
  )
  return Object.fromEntries(entries)
}

/** Beside this file, in the clone and in the published bundle alike. */
function findFolder(): string {
  const folder = join(import.meta.dirname, 'migrations')
  if (!existsSync(folder)) throw new Error(`The migrations are missing: no folder ${folder}.`)
  return folder
}
