import { findImage } from '../db/images.ts'
import type { Deps } from '../deps.ts'
import { notFound } from '../errors.ts'
import { findBlobs, type StoredImage } from './find-blobs.ts'

/** An image that is kept, with its bytes. */
export async function loadImage(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<StoredImage> {
  const row = await findImage(db, { organizationId, id })
  if (!row) throw notFound('image', id)
  const image = await findBlobs(blobs, row)
  if (!image) throw notFound('file of image', id)
  return image
}
