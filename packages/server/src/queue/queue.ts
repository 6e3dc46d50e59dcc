import { randomUUID } from 'node:crypto'
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Database, Tx } from '../db/client.ts'
import { allJobs, type QueuedJob, schedules } from './jobs.ts'

/** One delivery of a job to a worker. */
export type Delivery = { id: string; data: unknown; lastAttempt: boolean }

export type SendOptions = { deliveryId: string; priority?: number }

export type Queue = Awaited<ReturnType<typeof startQueue>>

type QueueOptions = {
  /** Runs schedules and supervises the others' deliveries: for processes that work. */
  supervise: boolean
  onError: (error: Error) => void
}

/** Jobs on the database that everything else is on, so that a job can join a transaction. */
export async function startQueue(database: Database, { supervise, onError }: QueueOptions) {
  const boss = new PgBoss({
    ...database.queueOptions,
    supervise,
    schedule: supervise,
    monitorIntervalSeconds: 15,
  })
  let stopped = false
  boss.on('error', (error) => stopped || onError(error)) // its sockets may be closing, still
  await boss.start()
  await createQueues(boss)
  if (supervise) for (const { job, cron } of schedules) await boss.schedule(job.name, cron)

  return {
    /** Enqueues as part of what makes the job true: both, or neither. */
    async send<Payload extends object>(
      tx: Tx,
      { name }: QueuedJob<Payload>,
      payload: Payload,
      { deliveryId, priority = 0 }: SendOptions,
    ): Promise<void> {
      if (!tx.isTransaction) throw new Error(`${name} must be sent within a transaction.`)
      await boss.send(name, payload, { id: deliveryId, priority, db: fromKysely(tx) })
    },

    /** Up to `count` deliveries, the most urgent first. */
    async fetch({ name }: QueuedJob<unknown>, count: number): Promise<Delivery[]> {
      const jobs = await boss.fetch(name, { batchSize: count, includeMetadata: true })
      return jobs.map(toDelivery)
    },

    /** What was fetched and is not settled yet, with the seconds since. */
    async listFetched<Payload>({
      name,
      payload,
    }: QueuedJob<Payload>): Promise<{ deliveryId: string; payload: Payload; age: number }[]> {
      const { rows } = await boss.getDb().executeSql(
        `select id, data, extract(epoch from now() - started_on)::float8 as age
         from pgboss.job where name = $1 and state = 'active'`,
        [name],
      )
      return rows.map(({ id, data, age }: { id: string; data: unknown; age: number }) => ({
        deliveryId: id,
        payload: payload.parse(data),
        age,
      }))
    },

    async complete({ name }: QueuedJob<unknown>, deliveryId: string, tx?: Tx): Promise<void> {
      await boss.complete(name, deliveryId, null, within(tx))
    },

    /** The delivery comes again after a while, or goes to the dead letters if this was the last. */
    async fail(
      { name }: QueuedJob<unknown>,
      deliveryId: string,
      reason: string,
      tx?: Tx,
    ): Promise<void> {
      await boss.fail(name, deliveryId, { reason }, within(tx))
    },

    async cancel({ name }: QueuedJob<unknown>, deliveryId: string, tx: Tx): Promise<void> {
      await boss.cancel(name, deliveryId, within(tx))
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
async function createQueues(boss: PgBoss): Promise<void> {
  for (const job of allJobs as readonly QueuedJob<unknown>[]) {
    await boss.createQueue(job.name, {
      retryLimit: job.retryLimit,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 60,
      expireInSeconds: job.timeoutSeconds + 60, // the worker's own deadline comes first
      deleteAfterSeconds: 3600, // our own rows tell the history
      ...(job.deadLetter ? { deadLetter: job.deadLetter } : {}),
    })
  }
  for (const { name } of allJobs) await boss.touch(name, randomUUID())
}

const toDelivery = ({ id, data, retryCount, retryLimit }: JobWithMetadata<unknown>): Delivery => ({
  id,
  data,
  lastAttempt: retryCount >= retryLimit,
})

const within = (tx: Tx | undefined) => (tx ? { db: fromKysely(tx) } : {})
