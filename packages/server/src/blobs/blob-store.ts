import type { Readable } from 'node:stream'

/** Where bytes live. Keys are relative paths with `/`; a key's bytes never change once written. */
export type BlobStore = {
  /** All of it or nothing, also after a crash. */
  write(key: string, bytes: Uint8Array): Promise<void>
  /** Nothing comes back if there is no such key. */
  open(key: string): Promise<{ stream: Readable; bytes: number } | undefined>
  read(key: string): Promise<Uint8Array | undefined>
  has(key: string): Promise<boolean>
}
