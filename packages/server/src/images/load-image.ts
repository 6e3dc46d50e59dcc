import { findImage } from '../db/images.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { findStoredImage, type StoredImage } from './find-stored-image.ts'

/** An image that is kept, with its bytes. */
export async function loadImage(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<StoredImage> {
  const row = await findImage(db, { organizationId, id })
  if (!row) throw notFound('image', id)
  const image = await findStoredImage(blobs, row)
  if (!image) throw damagedImage(id)
  return image
}

export const damagedImage = (id: string) =>
  new AppError(
    'not-found',
    `The file of image ${id} is missing or damaged. Upload the image again: that puts it back.`,
  )
