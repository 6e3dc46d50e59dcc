import { createHash } from 'node:crypto'
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { type Completion, type Manifest, notABackup } from './backup-format.ts'
import { copyStatement } from './describe-tables.ts'

/** Reads every table back, and throws if one is not byte for byte what the backup had. */
export async function checkTables(
  client: Client,
  { tables }: Manifest,
  expected: Completion,
): Promise<void> {
  for (const table of tables) {
    const hash = createHash('sha256')
    for await (const chunk of client.query(copyTo(await copyStatement(client, table)))) {
      hash.update(chunk)
    }
    if (hash.digest('hex') !== expected.tables[table.name]?.sha256) {
      throw notABackup(`the rows of ${table.name} in it are not those that were put there`)
    }
  }
}
