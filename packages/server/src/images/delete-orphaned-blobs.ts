import { findImage, hasImages, type ImageKey, listImages, lockImage } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { imageBlobs, parseBlobKey } from './image-blobs.ts'

type Candidate = { key: string; image: ImageKey }

/**
 * Deletes blobs that no row names and that were written before: left by a crash between blob and row,
 * or by an image whose file was replaced. Returns how many. Where there is no image at all, the rows are
 * more likely to be lost than the files to be left over: nothing is deleted.
 */
export async function deleteOrphanedBlobs(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { before, signal }: { before: Date; signal?: AbortSignal },
): Promise<number> {
  if (!(await hasImages(db))) return 0
  let deleted = 0
  for await (const batch of listOldBlobs(blobs, before)) {
    const named = namesIn(await listImages(db, images(batch)))
    for (const orphan of batch.filter(({ key }) => !named.has(key))) {
      signal?.throwIfAborted()
      deleted += await deleteOrphan({ db, blobs }, orphan)
    }
  }
  return deleted
}

async function* listOldBlobs(blobs: Deps['blobs'], before: Date): AsyncGenerator<Candidate[]> {
  let batch: Candidate[] = []
  for await (const { key, modifiedAt } of blobs.list()) {
    const image = parseBlobKey(key)
    if (!image || modifiedAt >= before) continue
    batch.push({ key, image })
    if (batch.length < BATCH_SIZE) continue
    yield batch
    batch = []
  }
  yield batch
}

/** An upload may be about to write the row: it waits for the lock, and then looks for its blobs. */
function deleteOrphan(
  { db, blobs }: Pick<Deps, 'db' | 'blobs'>,
  { key, image }: Candidate,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    await lockImage(tx, image)
    const row = await findImage(tx, image)
    if (row && namesIn([row]).has(key)) return 0
    await blobs.delete(key)
    return 1
  })
}

const images = (batch: readonly Candidate[]) => batch.map(({ image }) => image)

const namesIn = (rows: readonly ImageRow[]): ReadonlySet<string> =>
  new Set(rows.flatMap((row) => Object.values(imageBlobs(row)).map(({ key }) => key)))

/** Blobs whose rows are looked up together. */
const BATCH_SIZE = 500
