import { findImage } from '../db/images.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../errors.ts'
import { fileKey, thumbnailKey } from './image-keys.ts'
import type { StoredImage } from './store-image.ts'

/** An image that is kept, with its bytes. */
export async function loadImage(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<StoredImage> {
  const row = await findImage(db, { organizationId, id })
  if (!row) throw notFound('image', id)
  const [file, thumbnail] = await Promise.all([
    blobs.read(fileKey(organizationId, { id, mediaType: row.media_type })),
    blobs.read(thumbnailKey(organizationId, id)),
  ])
  if (!file || !thumbnail) throw notFound('file of image', id)
  return { row, file, thumbnail }
}
