import { findImage } from '../db/images.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../errors.ts'
import { fileKey } from './image-keys.ts'
import type { StoredImage } from './store-image.ts'

/** An image that is kept, with its file. */
export async function loadImage(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<StoredImage> {
  const row = await findImage(db, { organizationId, id })
  if (!row) throw notFound('image', id)
  const file = await blobs.read(fileKey(organizationId, { id, mediaType: row.media_type }))
  if (!file) throw notFound('file of image', id)
  return { row, file }
}
