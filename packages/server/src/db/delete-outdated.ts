import type { Db } from './client.ts'

/** Some of an organization's rows that nobody looks back at any more. */
export type Outdated = { organizationId: string; before: Date; limit: number }

type Options = {
  before: Date
  /** Rows in one statement: few enough that nobody waits long for its locks. */
  batchSize?: number
  signal?: AbortSignal
}

/** Deletes rows by organization and in batches, each in a transaction of its own. */
export async function deleteOutdated(
  db: Db,
  deleteBatch: (db: Db, outdated: Outdated) => Promise<number>,
  { before, batchSize: limit = 1000, signal }: Options,
): Promise<number> {
  let deleted = 0
  const organizations = await db.selectFrom('organizations').select('id').orderBy('id').execute()
  for (const { id: organizationId } of organizations) {
    for (let count = limit; count === limit; deleted += count) {
      signal?.throwIfAborted()
      count = await deleteBatch(db, { organizationId, before, limit })
    }
  }
  return deleted
}
