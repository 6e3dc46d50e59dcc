import type { CaptionQuery } from '@descry/contract'
import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { CaptionRow, Tables } from './tables.ts'

export type CaptionAddress = { organizationId: string; imageId: string; recipe: string }

/** The newest caption of an image made by this recipe. */
export function findCaption(
  db: Db,
  { organizationId, imageId, recipe }: CaptionAddress,
): Promise<CaptionRow | undefined> {
  return db
    .selectFrom('captions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', '=', recipe)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The newest caption of an image made by the first of these recipes that made any. */
export async function findCaptionByRecipes(
  db: Db,
  {
    organizationId,
    imageId,
    recipes,
  }: Omit<CaptionAddress, 'recipe'> & { recipes: readonly string[] },
): Promise<CaptionRow | undefined> {
  const rows = await db
    .selectFrom('captions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', 'in', recipes)
    .orderBy('id', 'desc')
    .execute()
  const first = recipes.find((recipe) => rows.some((row) => row.recipe === recipe))
  return rows.find((row) => row.recipe === first)
}

export function insertCaption(
  tx: Tx,
  caption: Insertable<Tables['captions']>,
): Promise<CaptionRow> {
  return tx.insertInto('captions').values(caption).returningAll().executeTakeFirstOrThrow()
}

/** Makes concurrent writers of one caption wait for each other, to the end of the transaction. */
export async function lockCaptionAddress(tx: Tx, address: CaptionAddress): Promise<void> {
  const key = `${address.organizationId}/${address.imageId}/${address.recipe}`
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)
}

/** Newest first; one more than the page, so that the caller knows whether there is a next one. */
export function listCaptions(
  db: Db,
  organizationId: string,
  { cursor, limit, imageId, captioner, style, search }: Omit<CaptionQuery, 'fields'>,
): Promise<CaptionRow[]> {
  return db
    .selectFrom('captions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .$if(cursor !== undefined, (query) => query.where('id', '<', cursor ?? ''))
    .$if(imageId !== undefined, (query) => query.where('image_id', '=', imageId ?? ''))
    .$if(captioner !== undefined, (query) => query.where('captioner', '=', captioner ?? ''))
    .$if(style !== undefined, (query) => query.where('style', '=', style ?? 'concise'))
    .$if(search !== undefined, (query) => query.where(matches(search ?? '')))
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

export function listCaptionsById(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<CaptionRow[]> {
  return db
    .selectFrom('captions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
}

/** All words, each as a prefix, in any order: what people expect while they are still typing. */
function matches(search: string) {
  const words = search.match(/[\p{L}\p{N}]+/gu) ?? []
  const query = words.map((word) => `${word}:*`).join(' & ')
  return sql<boolean>`to_tsvector('simple', text) @@ to_tsquery('simple', ${query})`
}
