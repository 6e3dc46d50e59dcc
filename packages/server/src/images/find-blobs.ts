import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { fileKey, thumbnailKey } from './image-keys.ts'

/** An image with its bytes, which agree with its row. */
export type StoredImage = { row: ImageRow; file: Uint8Array; thumbnail: Uint8Array }

/** The bytes of an image; nothing if somebody took them away. */
export async function findBlobs(
  blobs: Deps['blobs'],
  row: ImageRow,
): Promise<StoredImage | undefined> {
  const { organization_id: organizationId, id, media_type: mediaType } = row
  const [file, thumbnail] = await Promise.all([
    blobs.read(fileKey(organizationId, { id, mediaType })),
    blobs.read(thumbnailKey(organizationId, id)),
  ])
  return file && thumbnail && { row, file, thumbnail }
}
