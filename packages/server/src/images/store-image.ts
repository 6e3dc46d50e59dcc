import type { NormalizedImage } from '@descry/ml'
import { findImage, upsertImage } from '../db/images.ts'
import type { Deps } from '../deps.ts'
import { findBlobs, type StoredImage } from './find-blobs.ts'
import { fileKey, thumbnailKey } from './image-keys.ts'
import { loadImage } from './load-image.ts'

/**
 * Bytes become an image we keep: normalised, checked, written once. The blobs come before the row,
 * so that a row always has its bytes; a crash between leaves bytes that the next upload reuses. Of
 * the same pixels in several containers the first is kept.
 */
export async function storeImage(
  { db, blobs, storage, normalizeImage }: Pick<Deps, 'db' | 'blobs' | 'storage' | 'normalizeImage'>,
  organizationId: string,
  bytes: Uint8Array,
): Promise<StoredImage> {
  await storage.require()
  const image = await normalizeImage(bytes)
  const key = { organizationId, id: image.id }
  const known = await findImage(db, key)
  const kept = known && (await findBlobs(blobs, known))
  if (kept) return kept

  await writeBlobs(blobs, organizationId, image)
  const row = await upsertImage(db, {
    organization_id: organizationId,
    id: image.id,
    width: image.width,
    height: image.height,
    media_type: image.mediaType,
    bytes: image.file.byteLength,
  })
  const { file, thumbnail } = image
  if (row.media_type === image.mediaType) return { row, file, thumbnail }
  return loadImage({ db, blobs }, key) // somebody was faster, with another container
}

/** Waits for both even if one fails, so that nothing is half-written once the answer is out. */
async function writeBlobs(blobs: Deps['blobs'], organizationId: string, image: NormalizedImage) {
  const { id, mediaType, file, thumbnail } = image
  const writes = await Promise.allSettled([
    blobs.write(fileKey(organizationId, { id, mediaType }), file),
    blobs.write(thumbnailKey(organizationId, id), thumbnail),
  ])
  for (const write of writes) if (write.status === 'rejected') throw write.reason
}
