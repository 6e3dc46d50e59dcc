import { sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { ImageRow, NewImage } from './tables.ts'

export type ImageKey = { organizationId: string; id: string }

export function findImage(db: Db, { organizationId, id }: ImageKey): Promise<ImageRow | undefined> {
  return db
    .selectFrom('images')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function listImages(db: Db, keys: readonly ImageKey[]): Promise<ImageRow[]> {
  const organizationIds = keys.map(({ organizationId }) => organizationId)
  const ids = keys.map(({ id }) => id)
  const isListed = sql<boolean>`(organization_id, id) in (
    select * from unnest(${organizationIds}::uuid[], ${ids}::text[]))`
  return db.selectFrom('images').selectAll().where(isListed).execute()
}

/** Those who store an image and those who delete its blobs wait for each other. */
export async function lockImage(tx: Tx, { organizationId, id }: ImageKey): Promise<void> {
  const key = `image/${organizationId}/${id}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

export function insertImage(tx: Tx, image: NewImage): Promise<ImageRow> {
  return tx.insertInto('images').values(image).returningAll().executeTakeFirstOrThrow()
}

/** The same pixels, in another file. */
export function replaceFiles(
  tx: Tx,
  { organization_id, id, created_at: _, ...files }: NewImage,
): Promise<ImageRow> {
  return tx
    .updateTable('images')
    .set(files)
    .where('organization_id', '=', organization_id)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

type Upload = { organizationId: string; imageId: string; name: string }

/** A name that is known already keeps its first time. */
export async function insertImageName(
  db: Db,
  { organizationId, imageId, name }: Upload,
): Promise<void> {
  await db
    .insertInto('image_names')
    .values({ organization_id: organizationId, image_id: imageId, name })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The first name first, and no more than anybody reads. */
export async function listImageNames(
  db: Db,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<string[]> {
  const rows = await db
    .selectFrom('image_names')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', id)
    .orderBy('uploaded_at')
    .orderBy('name')
    .limit(100)
    .execute()
  return rows.map(({ name }) => name)
}

/** All images of all organizations, a page at a time. */
export async function* eachImage(db: Db): AsyncGenerator<ImageRow> {
  for (let last: ImageRow | undefined; ; ) {
    const isLater = sql<boolean>`(organization_id, id) > (${last?.organization_id}::uuid, ${last?.id})`
    const rows = await db
      .selectFrom('images')
      .selectAll()
      .$if(last !== undefined, (query) => query.where(isLater))
      .orderBy('organization_id')
      .orderBy('id')
      .limit(500)
      .execute()
    yield* rows
    last = rows.at(-1)
    if (!last) return
  }
}

/** Whether there is any. */
export async function hasImages(db: Db): Promise<boolean> {
  return (await db.selectFrom('images').select('id').limit(1).executeTakeFirst()) !== undefined
}
