import type { Image } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { readVerified } from '../blobs/read-verified.ts'
import { findImage, listImageNames } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { imageBlobs } from './image-blobs.ts'

/** An image that is kept, with its bytes. */
export async function loadImage(
  caller: Caller,
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  id: string,
): Promise<StoredImage> {
  const row = await getImage(caller, { db }, id)
  const image = await findStoredImage(blobs, row)
  if (!image) throw damagedImage(id)
  return image
}

export const damagedImage = (id: string) =>
  new AppError(
    'damaged-image',
    `The file of image ${id} is missing or damaged. Upload the image again: that puts it back.`,
  )

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

/** An image with its bytes, which agree with its row. */
export type StoredImage = { row: ImageRow; file: Uint8Array; thumbnail: Uint8Array }

/** The bytes of an image; nothing if they are gone or damaged. The next upload of it heals that. */
export async function findStoredImage(
  blobs: Deps['blobs'],
  row: ImageRow,
): Promise<StoredImage | undefined> {
  const records = imageBlobs(row)
  const [file, thumbnail] = await Promise.all([
    readVerified(blobs, records.file),
    readVerified(blobs, records.thumbnail),
  ])
  return file && thumbnail && { row, file, thumbnail }
}

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
