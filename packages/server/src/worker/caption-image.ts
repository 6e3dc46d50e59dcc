import { v7 as uuidv7 } from 'uuid'
import { captionImage as makeDrafts } from '../captions/caption-image.ts'
import { describeTraces } from '../captions/describe-traces.ts'
import { newCaptionEvents } from '../captions/new-caption-events.ts'
import { type StoredCaption, storeDrafts } from '../captions/store-drafts.ts'
import { emitEvents } from '../db/events.ts'
import { failJob, finishJob, reportProgress, requeueJob, startJob } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import { loadImage } from '../images/load-image.ts'
import { jobEvent } from '../jobs/job-event.ts'
import { type CaptionJob, captionImage } from '../queue/jobs.ts'
import { handler } from './handler.ts'
import { untilDatabaseAnswers } from './until-database-answers.ts'

export const captionImageHandler = handler<CaptionJob, JobRow>({
  job: captionImage,

  start({ jobId }, { deps, delivery, workerId }) {
    return inTransaction(deps.db, async (tx) => {
      const row = await startJob(tx, { id: jobId, deliveryId: delivery.id, workerId })
      if (row) await emitEvents(tx, [jobEvent(row)])
      return row
    })
  },

  async run(job, { deps, signal, settle }) {
    const organizationId = job.organization_id
    const { imageId, options } = job.input
    const image = await loadImage(deps, { organizationId, id: imageId })
    const onDraft = async (done: number) => {
      // What was paid for is not thrown away because nobody could be told.
      if (done < job.progress_total) await tellProgress(deps, job, done).catch(() => {})
    }
    const wish = { organizationId, image, options, jobId: job.id }
    const drafts = await makeDrafts(deps, wish, { signal, onDraft })
    signal.throwIfAborted()

    const origin = { organizationId, imageId, jobId: job.id }
    let stored: StoredCaption[] = []
    await untilDatabaseAnswers(
      () =>
        inTransaction(deps.db, async (tx) => {
          const captions = await storeDrafts(tx, origin, drafts)
          const ids = captions.map(({ id }) => id)
          const finished = await finishJob(tx, job, ids)
          if (!finished) throw new Superseded()
          await settle(tx)
          const news = newCaptionEvents(organizationId, captions)
          await emitEvents(tx, [...news, jobEvent(finished)])
          stored = captions
        }).catch(ignoreSuperseded),
      { signal },
    )
    return { captions: describeTraces(stored) }
  },

  async failed(tx, job, { next, failure }, { deps }) {
    if (next === 'return') {
      const deliveryId = uuidv7()
      const row = await requeueJob(tx, job, { deliveryId })
      if (!row) return
      const { priority } = row
      await deps.queue.send(
        tx,
        captionImage,
        { jobId: job.id, deliveryId },
        { deliveryId, priority },
      )
      return emitEvents(tx, [jobEvent(row)])
    }
    const row =
      next === 'retry' ? await requeueJob(tx, job, { failure }) : await failJob(tx, job, failure)
    if (row) await emitEvents(tx, [jobEvent(row)])
  },
})

function tellProgress(
  { db }: { db: Parameters<typeof inTransaction>[0] },
  job: JobRow,
  done: number,
) {
  return inTransaction(db, async (tx) => {
    const row = await reportProgress(tx, job, done)
    if (row) await emitEvents(tx, [jobEvent(row)])
  })
}

/** The job was canceled or taken over meanwhile: what this attempt made is rolled back. */
class Superseded extends Error {
  override readonly name = 'Superseded'
}

function ignoreSuperseded(error: unknown): void {
  if (!(error instanceof Superseded)) throw error
}
