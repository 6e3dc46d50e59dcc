import { type BlobRecord, readVerified } from '../blobs/read-verified.ts'
import { eachImage, findImage, type ImageKey, listImageNames } from '../db/images.ts'
import type { ImageRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { imageBlobs, parseBlobKey } from './image-blobs.ts'

/** One file that is not as its row says, or that no row names. */
export type BlobFault = {
  state: 'missing' | 'changed' | 'unknown'
  /** Its path within the folder `blobs`. */
  key: string
  imageId: string | null
  /** What the image was uploaded as. */
  names: string[]
  /** What can be done about it without losing anything. */
  action: string
}

type VerifyDeps = Pick<Deps, 'db' | 'blobs'>

/**
 * Compares every file of images with its row, and looks for files without one. Changes nothing. A file
 * that is as it should be is told as `ok`.
 */
export async function* verifyBlobs(deps: VerifyDeps): AsyncGenerator<BlobFault | 'ok'> {
  for await (const row of eachImage(deps.db)) {
    for (const record of Object.values(imageBlobs(row))) yield verifyRecord(deps, row, record)
  }
  for await (const { key } of deps.blobs.list()) {
    const image = parseBlobKey(key)
    if (image && (await isNamed(deps, image, key))) continue
    const action = image ? LEFT_BEHIND : NOT_OURS
    yield { state: 'unknown', key, imageId: image?.id ?? null, names: [], action }
  }
}

async function verifyRecord(
  { db, blobs }: VerifyDeps,
  { organization_id: organizationId, id }: ImageRow,
  record: BlobRecord,
): Promise<BlobFault | 'ok'> {
  if (await readVerified(blobs, record)) return 'ok'
  const image = { organizationId, id }
  if (!(await isNamed({ db }, image, record.key))) return 'ok' // replaced while we looked
  const found = await blobs.read(record.key)
  found?.stream.destroy()
  return {
    state: found ? 'changed' : 'missing',
    key: record.key,
    imageId: id,
    names: await listImageNames(db, image),
    action: UPLOAD_AGAIN,
  }
}

async function isNamed(
  { db }: Pick<VerifyDeps, 'db'>,
  image: ImageKey,
  key: string,
): Promise<boolean> {
  const row = await findImage(db, image)
  return row !== undefined && Object.values(imageBlobs(row)).some((record) => record.key === key)
}

const UPLOAD_AGAIN = 'Upload the same picture again: that puts it back, with all its captions.'
const LEFT_BEHIND =
  'No image needs it. It is deleted by itself once it is a day old, unless the database knows no image at all: then put the database back (descry restore FILE).'
const NOT_OURS =
  'Descry did not put it there and leaves it alone. Move it away if it is in the way.'
