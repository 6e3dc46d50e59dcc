import type { CaptionChain, CaptionerRegistry } from '@descry/captioners'
import type { CaptioningRules } from '@descry/contract'
import type { NormalizedImage } from '@descry/ml'
import type { BlobStore } from './blobs/blob-store.ts'
import type { StorageRoom } from './blobs/storage-room.ts'
import type { Config } from './config.ts'
import type { Db } from './db/client.ts'
import type { EventHub } from './events/event-hub.ts'
import type { Queue } from './queue/queue.ts'
import type { SecretBox } from './secrets/secret-box.ts'

/** Everything outside the rules. Built once, in open-deps.ts; a function asks only for what it uses. */
export type Deps = {
  config: Config
  db: Db
  blobs: BlobStore
  storage: StorageRoom
  queue: Queue
  events: EventHub
  captioners: CaptionerRegistry
  chain: CaptionChain
  /** How captions are made until an organization decides. */
  defaultRules: CaptioningRules
  /** Opened when the first key of a provider is stored or used. */
  secrets: () => Promise<SecretBox>
  /** Of each captioner that should be there and is not: why, and the way out. */
  captionersLeftOut: readonly string[]
  /** Within the configured limits, a few at a time: decoded pixels are large. */
  normalizeImage: (bytes: Uint8Array) => Promise<NormalizedImage>
}
