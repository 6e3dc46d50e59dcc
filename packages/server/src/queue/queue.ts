import { randomUUID } from 'node:crypto'
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import { z } from 'zod'
import type { Database, Tx } from '../db/client.ts'

/** What the queue must know of a kind of work; each kind has a queue of its own. */
export type QueueSettings = {
  kind: string
  /** Attempts after the first; the wait before each doubles, from one second. */
  retryLimit?: number
  /** An attempt that takes longer is stopped and counts as failed. */
  timeoutSeconds: number
  /** When it begins by itself, in the form of cron, UTC. */
  cron?: string
}

/** One delivery of a job to a worker. */
export type Delivery = { id: string; data: unknown; lastAttempt: boolean }

/** What the delivery of a job carries: ids only. Its own id tells it from one that was replaced. */
export const JobPayload = z.object({ jobId: z.uuid(), deliveryId: z.uuid() })
type JobPayload = z.infer<typeof JobPayload>

/** A job on its way: the row is the truth, the delivery only says "look at it". */
export type Sending = { kind: string; jobId: string; deliveryId: string } & Placement
type Placement = { priority: number; startAfter?: Date | null }

export type Queue = Awaited<ReturnType<typeof startQueue>>

type QueueOptions = {
  kinds: readonly QueueSettings[]
  /** Runs schedules and supervises the others' deliveries: for processes that work. */
  supervise: boolean
  onError: (error: Error) => void
}

/** Where deliveries go that no worker could finish, not even to say that it failed. */
export const DEAD_LETTERS = { kind: 'dead-letters', retryLimit: 10, timeoutSeconds: 30 }

/** Jobs on the database that everything else is on, so that a job can join a transaction. */
export async function startQueue(database: Database, { kinds, supervise, onError }: QueueOptions) {
  const boss = new PgBoss({
    ...database.queueOptions,
    supervise,
    schedule: supervise,
    monitorIntervalSeconds: 15,
  })
  let stopped = false
  boss.on('error', (error) => stopped || onError(error)) // its sockets may be closing, still
  await boss.start()
  await createQueues(boss, [DEAD_LETTERS, ...kinds])
  if (supervise) for (const { kind, cron } of kinds) if (cron) await boss.schedule(kind, cron)

  return {
    /** Enqueues as part of what makes the jobs true: both, or neither. */
    async send(tx: Tx, sendings: readonly Sending[]): Promise<void> {
      for (const [kind, ofKind] of Map.groupBy(sendings, (sending) => sending.kind)) {
        if (!tx.isTransaction) throw new Error(`${kind} must be sent within a transaction.`)
        const jobs = ofKind.map(({ jobId, deliveryId, priority, startAfter }) => ({
          id: deliveryId,
          data: { jobId, deliveryId } satisfies JobPayload,
          priority,
          ...(startAfter && { startAfter }),
        }))
        await boss.insert(kind, jobs, { db: fromKysely(tx) })
      }
    },

    /** Up to `count` deliveries, the most urgent first. */
    async fetch(kind: string, count: number): Promise<Delivery[]> {
      const jobs = await boss.fetch(kind, { batchSize: count, includeMetadata: true })
      return jobs.map(toDelivery)
    },

    /**
     * Deliveries that would wait for longer than anything is put off were written before the clock was
     * set back: they are due now. Returns how many.
     */
    async releaseStranded(kinds: readonly string[]): Promise<number> {
      const { rows } = await boss.getDb().executeSql(
        `update pgboss.job set start_after = now()
         where name = any($1) and state in ('created', 'retry') and start_after > now() + interval '25 hours'
         returning 1`,
        [kinds],
      )
      return rows.length
    },

    /** What was fetched and is not settled yet, with the seconds since (or until, by a clock set back). */
    async listFetched(kind: string): Promise<{ deliveryId: string; data: unknown; age: number }[]> {
      const { rows } = await boss.getDb().executeSql(
        `select id, data, abs(extract(epoch from now() - started_on))::float8 as age
         from pgboss.job where name = $1 and state = 'active'`,
        [kind],
      )
      return rows.map(({ id, data, age }: { id: string; data: unknown; age: number }) => ({
        deliveryId: id,
        data,
        age,
      }))
    },

    /** Takes deliveries off the queue; within `tx`, only if that is committed. */
    async complete(kind: string, deliveryId: string, tx?: Tx): Promise<void> {
      await boss.complete(kind, deliveryId, null, within(tx))
    },

    /** The delivery comes again after a while, or goes to the dead letters if this was the last. */
    async fail(kind: string, deliveryId: string, reason: string, tx?: Tx): Promise<void> {
      await boss.fail(kind, deliveryId, { reason }, within(tx))
    },

    /** Takes the deliveries of these jobs off the queue. */
    async cancel(tx: Tx, jobs: readonly { kind: string; delivery_id: string }[]): Promise<void> {
      for (const [kind, ofKind] of Map.groupBy(jobs, (job) => job.kind)) {
        const deliveryIds = ofKind.map(({ delivery_id }) => delivery_id)
        await boss.cancel(kind, deliveryIds, within(tx))
      }
    },

    /**
     * Calls back for each notification, and after each time the connection was made anew (some may
     * have been missed).
     */
    async listen(
      channel: string,
      onNotification: (payload: string) => void,
      onReconnect: () => void,
    ): Promise<{ close(): Promise<void> }> {
      const connection = boss.getDb()
      if (!connection.listen) throw new Error('The database cannot notify.')
      return connection.listen(channel, onNotification, onReconnect)
    },

    stop() {
      stopped = true
      return boss.stop({ graceful: false, close: true })
    },
  }
}

/**
 * Each queue is made once, then touched: that fills pg-boss's cache of queues. A cold cache would
 * ask the database for another connection in the middle of a transaction.
 */
async function createQueues(boss: PgBoss, kinds: readonly QueueSettings[]): Promise<void> {
  for (const { kind, retryLimit = 3, timeoutSeconds, cron } of kinds) {
    const hasRow = kind !== DEAD_LETTERS.kind && cron === undefined
    const settings = {
      retryLimit,
      retentionSeconds: TEN_YEARS, // a clock that is ahead must not make it forget what waits
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: timeoutSeconds + 60, // the worker's own deadline comes first
      deleteAfterSeconds: 3600, // our own rows tell the history
      ...(hasRow && { deadLetter: DEAD_LETTERS.kind }),
    }
    await boss.createQueue(kind, settings)
    await boss.updateQueue(kind, settings) // one that an earlier Descry made
  }
  for (const { kind } of kinds) await boss.touch(kind, randomUUID())
}

const toDelivery = ({ id, data, retryCount, retryLimit }: JobWithMetadata<unknown>): Delivery => ({
  id,
  data,
  lastAttempt: retryCount >= retryLimit,
})

const within = (tx: Tx | undefined) => (tx ? { db: fromKysely(tx) } : {})

const TEN_YEARS = 10 * 365 * 24 * 3600
