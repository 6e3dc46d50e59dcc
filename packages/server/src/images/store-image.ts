import { createHash } from 'node:crypto'
import type { NormalizedImage } from '@descry/ml'
import type { Caller } from '../access/caller.ts'
import type { Tx } from '../db/client.ts'
import { findImage, insertImage, insertImageName, lockImage, replaceFiles } from '../db/images.ts'
import type { ImageRow, NewImage } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { imageBlobs } from './image-blobs.ts'
import { findStoredImage, loadImage, type StoredImage } from './load-image.ts'

/** `name`: what its owner calls it. */
export type ImageFile = { bytes: Uint8Array; name: string | null }

/**
 * Bytes become an image we keep: normalised, checked, written once. The blobs come before the row,
 * so that a row always has its bytes; a crash between leaves bytes that the next upload reuses. Of
 * the same pixels in several files the first is kept, unless it was lost or damaged.
 */
export async function storeImage(
  caller: Caller,
  { db, blobs, storage, normalizeImage }: Pick<Deps, 'db' | 'blobs' | 'storage' | 'normalizeImage'>,
  { bytes, name }: ImageFile,
): Promise<StoredImage> {
  const { organizationId } = caller
  await storage.require()
  const image = await normalizeImage(bytes)
  const key = { organizationId, id: image.id }
  const known = await findImage(db, key)
  const kept = known && (await findStoredImage(blobs, known))
  if (kept) {
    if (name) await insertImageName(db, { organizationId, imageId: image.id, name })
    return kept
  }

  const ours = { ...toRow(organizationId, image), created_at: new Date() }
  await writeBlobs(blobs, ours, image)
  const row = await inTransaction(db, async (tx) => {
    await lockImage(tx, key)
    if (!(await hasBlobs(blobs, ours))) await writeBlobs(blobs, ours, image)
    const standing = await saveImage(tx, ours, { damaged: known })
    if (name) await insertImageName(tx, { organizationId, imageId: image.id, name })
    return standing
  })
  const { file, thumbnail } = image
  if (isSameFile(row, ours)) return { row, file, thumbnail }
  return loadImage(caller, { db, blobs }, image.id) // somebody was faster, with another file
}

/** What another upload stored meanwhile stands. */
async function saveImage(tx: Tx, ours: ImageRow, { damaged }: { damaged: ImageRow | undefined }) {
  const key = { organizationId: ours.organization_id, id: ours.id }
  const standing = await findImage(tx, key)
  if (!standing) return insertImage(tx, ours)
  return isSameFile(standing, damaged) ? replaceFiles(tx, ours) : standing
}

const toRow = (organizationId: string, { file, thumbnail, ...image }: NormalizedImage) =>
  ({
    organization_id: organizationId,
    id: image.id,
    width: image.width,
    height: image.height,
    media_type: image.mediaType,
    bytes: file.byteLength,
    sha256: hashOf(file),
    thumbnail_bytes: thumbnail.byteLength,
    thumbnail_sha256: hashOf(thumbnail),
  }) satisfies NewImage

/** Waits for both even if one fails, so that nothing is half-written once the answer is out. */
async function writeBlobs(
  blobs: Deps['blobs'],
  row: ImageRow,
  { file, thumbnail }: NormalizedImage,
): Promise<void> {
  const records = imageBlobs(row)
  const writes = await Promise.allSettled([
    blobs.write(records.file.key, file),
    blobs.write(records.thumbnail.key, thumbnail),
  ])
  for (const write of writes) if (write.status === 'rejected') throw write.reason
}

/** The sweep may have deleted them since, as orphans: they had no row yet. */
async function hasBlobs(blobs: Deps['blobs'], row: ImageRow): Promise<boolean> {
  const { file, thumbnail } = imageBlobs(row)
  for (const { key } of [file, thumbnail]) {
    const blob = await blobs.read(key)
    if (!blob) return false
    blob.stream.destroy()
  }
  return true
}

const isSameFile = (one: ImageRow, other: ImageRow | undefined): boolean =>
  one.sha256 === other?.sha256 && one.thumbnail_sha256 === other.thumbnail_sha256

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
