import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AppError } from '../errors.ts'
import type { BlobStore } from './blob-store.ts'

/** A blob and what was written there. */
export type BlobRecord = { key: string; bytes: number; sha256: string }

/** The bytes are not those that were written: a disk or a person changed them. */
class DamagedBlobError extends AppError {
  constructor(key: string, options?: ErrorOptions) {
    super(
      'damaged-image',
      `The stored file ${key} is damaged. Upload the image again: that puts it back.`,
      options,
    )
  }
}

/**
 * The bytes as they were written. Nothing comes back where they are missing, cut off or empty; the
 * stream fails before its end where they were changed.
 */
export async function openVerified(
  blobs: Pick<BlobStore, 'read'>,
  record: BlobRecord,
): Promise<Readable | undefined> {
  const blob = await blobs.read(record.key)
  if (blob?.bytes === record.bytes) return Readable.from(verify(blob.stream, record))
  blob?.stream.destroy()
  return undefined
}

/** All bytes at once; nothing comes back unless they are as they were written. */
export async function readVerified(
  blobs: Pick<BlobStore, 'read'>,
  record: BlobRecord,
): Promise<Uint8Array | undefined> {
  const stream = await openVerified(blobs, record)
  return stream && buffer(stream).catch(nothingIfDamaged)
}

/** The last part is held back until the hash is known, so that nobody takes a damaged blob for whole. */
async function* verify(stream: Readable, { key, sha256 }: BlobRecord): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  let held: Buffer | undefined
  for await (const chunk of readable(stream, key)) {
    hash.update(chunk)
    if (held) yield held
    held = chunk
  }
  if (hash.digest('hex') !== sha256) throw new DamagedBlobError(key)
  if (held) yield held
}

/** A sector that the disk cannot read is damage of this file, and no outage. */
async function* readable(stream: Readable, key: string): AsyncGenerator<Buffer> {
  try {
    yield* stream
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EIO') throw cause
    throw new DamagedBlobError(key, { cause })
  }
}

function nothingIfDamaged(error: unknown): undefined {
  if (!(error instanceof DamagedBlobError)) throw error
}
