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
