import type { Image } from '@descry/contract'
import { listImageNames } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'

/** From a row to what crosses the wire, with the names of its uploads. */
export async function describeImage({ db }: Pick<Deps, 'db'>, row: ImageRow): Promise<Image> {
  const { organization_id: organizationId, id } = row
  return {
    id,
    names: await listImageNames(db, { organizationId, id }),
    width: row.width,
    height: row.height,
    mediaType: row.media_type,
    bytes: row.bytes,
    fileUrl: `/api/images/${id}/file`,
    thumbnailUrl: `/api/images/${id}/thumbnail`,
    createdAt: row.created_at.toISOString(),
  }
}
