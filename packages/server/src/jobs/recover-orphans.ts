import { hostname } from 'node:os'
import { jobCaller } from '../access/caller.ts'
import { deleteFutureLeases } from '../db/captioner-usage.ts'
import { publish } from '../db/events.ts'
import { isWaiting, listOrphanedJobs, returnOrphanedJob } from '../db/jobs.ts'
import { inTransaction } from '../db/transaction.ts'
import {
  deleteDeadWorkers,
  deleteSilentWorkers,
  listWorkers,
  SILENT_SECONDS,
} from '../db/workers.ts'
import type { Deps } from '../deps.ts'
import { JobPayload } from '../queue/queue.ts'
import { jobEvent } from './to-job.ts'

/**
 * Puts back into the queue what dead workers had in hand; returns how many. It counts as an attempt,
 * so that a job which kills its worker each time ends among the dead letters.
 */
export async function recoverOrphans(
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  kinds: readonly string[],
): Promise<number> {
  await queue.releaseStranded(kinds)
  await deleteFutureLeases(db)
  await deleteSilentWorkers(db, SILENT_SECONDS)
  await deleteDeadWorkers(db, { host: hostname(), isAlive })
  const orphans = await listOrphanedJobs(db)
  for (const orphan of orphans) {
    await inTransaction(db, async (tx) => {
      const job = await returnOrphanedJob(tx, orphan)
      if (!job) return // another worker was faster
      await queue.fail(job.kind, job.delivery_id, 'The worker stopped.', tx)
      await publish(tx, jobCaller(job), [jobEvent(job)])
    })
  }
  let recovered = orphans.length
  for (const kind of kinds) recovered += await returnUnbegun({ db, queue }, kind)
  return recovered
}

/**
 * Deliveries whose worker died, or lost the database, between fetching and beginning: nobody holds
 * them, and the queue would wait out their whole time. Workers report before they fetch: where none
 * is there after the look, whatever was fetched before it is nobody's.
 */
async function returnUnbegun(
  { db, queue }: Pick<Deps, 'db' | 'queue'>,
  kind: string,
): Promise<number> {
  let returned = 0
  const fetched = await queue.listFetched(kind)
  const seconds = (await listWorkers(db)).length === 0 ? 0 : SILENT_SECONDS
  for (const { deliveryId, data } of fetched.filter(({ age }) => age >= seconds)) {
    await inTransaction(db, async (tx) => {
      if (!(await isWaiting(tx, { id: JobPayload.parse(data).jobId, deliveryId }))) return
      await queue.fail(kind, deliveryId, 'The worker stopped.', tx)
      returned += 1
    })
  }
  return returned
}

/** A number that belongs to another process by now only means that the silence is waited for. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
