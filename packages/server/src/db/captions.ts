import type { CaptionQuery } from '@descry/contract'
import { type Insertable, sql } from 'kysely'
import type { Db, Tx } from './client.ts'
import type { CaptionRow, Tables } from './tables.ts'

export function getCaption(db: Db, organizationId: string, id: string): Promise<CaptionRow> {
  return db
    .selectFrom('captions')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

export function insertCaption(
  tx: Tx,
  caption: Insertable<Tables['captions']>,
): Promise<CaptionRow> {
  return tx.insertInto('captions').values(caption).returningAll().executeTakeFirstOrThrow()
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

/** What a caption is of, and how it was made. Of each there is one current caption. */
export type CaptionAddress = { organizationId: string; imageId: string; recipe: string }

/** The current caption by the first of these recipes that has one. */
export async function findCurrentCaption(
  db: Db,
  {
    organizationId,
    imageId,
    recipes,
  }: Omit<CaptionAddress, 'recipe'> & { recipes: readonly string[] },
): Promise<CaptionRow | undefined> {
  const rows = await db
    .selectFrom('current_captions as current')
    .innerJoin('captions', 'captions.id', 'current.caption_id')
    .selectAll('captions')
    .where('current.organization_id', '=', organizationId)
    .where('current.image_id', '=', imageId)
    .where('current.recipe', 'in', recipes)
    .execute()
  const first = recipes.find((recipe) => rows.some((row) => row.recipe === recipe))
  return rows.find((row) => row.recipe === first)
}

/**
 * Makes a caption the current one where there is none yet. Waits for others who do the same, to the
 * end of their transactions.
 */
export async function insertCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
  captionId: string,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('current_captions')
    .values({
      organization_id: organizationId,
      image_id: imageId,
      recipe,
      caption_id: captionId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** The current caption, which stays so to the end of the transaction. */
export async function lockCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
): Promise<string> {
  const { caption_id } = await tx
    .selectFrom('current_captions')
    .select('caption_id')
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', '=', recipe)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return caption_id
}

export async function updateCurrentCaption(
  tx: Tx,
  { organizationId, imageId, recipe }: CaptionAddress,
  captionId: string,
): Promise<void> {
  await tx
    .updateTable('current_captions')
    .set({ caption_id: captionId })
    .where('organization_id', '=', organizationId)
    .where('image_id', '=', imageId)
    .where('recipe', '=', recipe)
    .execute()
}
