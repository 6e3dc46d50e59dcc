import type { Readable } from 'node:stream'

type Blob = {
  stream: Readable
  /** Of the whole blob, also where a range of it is read. */
  bytes: number
}

export type ListedBlob = { key: string; bytes: number; modifiedAt: Date }

/**
 * Where bytes live, and the only way to them. Keys are relative paths with `/`; a key holds the hash of
 * its bytes, so that they never change.
 */
export type BlobStore = {
  /** All of it or nothing, also after a crash. What was there is replaced. */
  write(key: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void>
  /** Nothing comes back if there is no such key. Both ends of a range are included. */
  read(key: string, range?: { start: number; end: number }): Promise<Blob | undefined>
  /** Also if there is no such key. */
  delete(key: string): Promise<void>
  /** Where a browser may fetch it for a while; undefined where the store has no addresses. */
  signedUrl(key: string): Promise<string | undefined>
  /** All blobs, in no order. */
  list(): AsyncIterable<ListedBlob>
  /** What was being written when a process ended, and was begun before. */
  deleteUnfinished(before: Date): Promise<void>
}
