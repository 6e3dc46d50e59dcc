import { readVerified } from '../blobs/read-verified.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { imageBlobs } from './image-blobs.ts'

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
