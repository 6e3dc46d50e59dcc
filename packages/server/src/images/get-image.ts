import type { Caller } from '../access/caller.ts'
import { findImage } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../errors.ts'

/** An image of the caller's organization. */
export async function getImage(
  { organizationId }: Caller,
  { db }: Pick<Deps, 'db'>,
  id: string,
): Promise<ImageRow> {
  const row = await findImage(db, { organizationId, id })
  if (!row) throw notFound('image', id)
  return row
}
