import { availableParallelism } from 'node:os'
import type { Captioners, Timing } from '@descry/captioners'
import {
  buildCaptioner,
  buildCaptioners,
  captionerRegistry,
  createChain,
  noRules,
} from '@descry/captioners'
import { normalizeImage } from '@descry/ml'
import pLimit from 'p-limit'
import { folderBlobs } from './blobs/folder-blobs.ts'
import { storageRoom } from './blobs/storage-room.ts'
import { loadCaptioners } from './captioners/configured-captioners.ts'
import { postgresUsage } from './captioners/postgres-usage.ts'
import { publishCaptionerChange } from './captioners/publish-captioner-change.ts'
import type { Config } from './config.ts'
import { makeCaptionPartitions } from './db/caption-partitions.ts'
import { LONG_MS, withDeadline } from './db/deadline.ts'
import { migrate } from './db/migrate.ts'
import { openDatabase } from './db/open-database.ts'
import { findLostFiles, refuseForeignFiles } from './db/refuse-lost-database.ts'
import type { Deps } from './deps.ts'
import { startEventHub } from './events/event-hub.ts'
import { explainStartFailure } from './explain-start-failure.ts'
import { PIXELS_A_CORE, weightedQueue } from './images/decode-queue.ts'
import { type QueueSettings, startQueue } from './queue/queue.ts'
import { openSecretBox } from './secrets/open-secret-box.ts'

type Options = {
  /** The kinds of work that there are; each has a queue. */
  kinds: readonly QueueSettings[]
  onError: (error: unknown) => void
  /** What happens to the embedded database that people should know; without it told as an error. */
  onNotice?: (message: string) => void
  captioners?: Captioners
  /** How patient chains are, where tests have less time. */
  timing?: Partial<Timing>
  now?: Date
}

type Opened = {
  deps: Deps
  /** Before the rest is stopped: nothing waits any longer for a database that hangs. */
  cutIfSilent(): Promise<void>
  close(): Promise<void>
}

/** Opens everything outside the rules, the schema brought up to date; `close` ends it in order. */
export async function openDeps(
  config: Config,
  {
    kinds,
    onError,
    onNotice = (message) => onError(new Error(message)),
    captioners: given,
    timing = {},
    now = new Date(),
  }: Options,
): Promise<Opened> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end()
  }
  try {
    const database = await openDatabase(config, { onError, onNotice })
    const { db } = database
    closers.push(() => database.close())
    await refuseForeignFiles(db, config.dataFolder)
    await withDeadline(LONG_MS, async () => {
      await migrate(db)
      await makeCaptionPartitions(db, { now, onError })
    })
    const lost = await findLostFiles(db, config.dataFolder)
    if (lost) onNotice(lost)
    const supervise = config.roles.includes('worker')
    const queue = await startQueue(database, { kinds, supervise, onError })
    closers.push(() => queue.stop())
    const events = await startEventHub({ db, queue, onError })
    closers.push(() => events.stop())
    closers.push(database.cutIfSilent)

    const secrets = openOnce(() => openSecretBox(config))
    const {
      captioners: common,
      leftOut,
      rules,
    } = given ? { captioners: given, leftOut: [], rules: noRules } : await buildCaptioners(config)
    const captioners = captionerRegistry({
      common,
      load: (organizationId) => loadCaptioners({ db, secrets }, organizationId),
      build: (settings, key) => buildCaptioner(settings, { ...config, apiKey: key }),
    })
    closers.push(() => captioners.dispose())
    const chain = createChain({
      usage: postgresUsage({ db }),
      onChange: (change) => publishCaptionerChange(db, change),
      ...{ onError, timing },
    })
    closers.push(() => chain.dispose())

    const decode = pLimit(availableParallelism())
    const decoding = weightedQueue(availableParallelism() * PIXELS_A_CORE)
    const deps: Deps = {
      config,
      db,
      blobs: folderBlobs(config.dataFolder),
      storage: storageRoom(config.dataFolder, config.storage.reserveBytes),
      queue,
      events,
      captioners,
      chain,
      secrets,
      captionersLeftOut: leftOut,
      defaultRules: rules,
      normalizeImage: (bytes) =>
        decode(async () => {
          let leave = () => {}
          const beforeDecoding = async (pixels: number) => {
            leave = await decoding.enter(pixels)
          }
          return normalizeImage(bytes, config.images, { beforeDecoding }).finally(() => leave())
        }),
    }
    return { deps, cutIfSilent: database.cutIfSilent, close }
  } catch (error) {
    await close()
    throw explainStartFailure(error, config)
  }
}

/** A failure is tried again the next time. */
function openOnce<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opened: Promise<Value> | undefined
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined
      throw error
    })
    return opened
  }
}
