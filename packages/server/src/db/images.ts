import type { Insertable } from 'kysely'
import type { Db } from './client.ts'
import type { ImageRow, Tables } from './tables.ts'

type ImageKey = { organizationId: string; id: string }

export function findImage(db: Db, { organizationId, id }: ImageKey): Promise<ImageRow | undefined> {
  return db
    .selectFrom('images')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** Stores the image unless these pixels are there already; returns the row that stands. */
export async function upsertImage(db: Db, image: Insertable<Tables['images']>): Promise<ImageRow> {
  const inserted = await db
    .insertInto('images')
    .values(image)
    .onConflict((conflict) => conflict.columns(['organization_id', 'id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (inserted) return inserted
  return db
    .selectFrom('images')
    .selectAll()
    .where('organization_id', '=', image.organization_id)
    .where('id', '=', image.id)
    .executeTakeFirstOrThrow()
}
