import type { NormalizedImage } from '@descry/ml'
import { upsertImage } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { fileKey, thumbnailKey } from './image-keys.ts'

export type StoredImage = { row: ImageRow; file: Uint8Array; thumbnail: Uint8Array }

/**
 * Bytes become an image we keep: normalised, checked, written once. The blobs come before the row,
 * so that a row always has its bytes; a crash between leaves bytes that the next upload reuses.
 */
export async function storeImage(
  { db, blobs, storage, normalizeImage }: Pick<Deps, 'db' | 'blobs' | 'storage' | 'normalizeImage'>,
  organizationId: string,
  bytes: Uint8Array,
): Promise<StoredImage> {
  await storage.require()
  const image = await normalizeImage(bytes)
  await writeBlobs(blobs, organizationId, image)
  const row = await upsertImage(db, {
    organization_id: organizationId,
    id: image.id,
    width: image.width,
    height: image.height,
    media_type: image.mediaType,
    bytes: image.file.byteLength,
  })
  return { row, file: image.file, thumbnail: image.thumbnail }
}

async function writeBlobs(blobs: Deps['blobs'], organizationId: string, image: NormalizedImage) {
  const { id, mediaType, file, thumbnail } = image
  const wanted = [
    { key: fileKey(organizationId, { id, mediaType }), bytes: file },
    { key: thumbnailKey(organizationId, id), bytes: thumbnail },
  ]
  await Promise.all(
    wanted.map(async ({ key, bytes }) => {
      if (!(await blobs.has(key))) await blobs.write(key, bytes)
    }),
  )
}
