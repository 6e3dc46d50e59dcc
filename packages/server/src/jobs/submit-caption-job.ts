import type { CaptionOptions } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import type { Caller } from '../access/caller.ts'
import { planCaptions } from '../captions/plan-captions.ts'
import { emitEvents } from '../db/events.ts'
import { insertJob } from '../db/jobs.ts'
import type { ImageRow, JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { captionImage } from '../queue/jobs.ts'
import { jobEvent } from './job-event.ts'

type Wish = {
  image: ImageRow
  /** Of the uploaded file. */
  name: string | null
  options: CaptionOptions
  priority: number
}

/** Records the wish for captions and queues the work: both, or neither. */
export async function submitCaptionJob(
  { organizationId }: Caller,
  {
    db,
    queue,
    captioners,
    defaultRules,
  }: Pick<Deps, 'db' | 'queue' | 'captioners' | 'defaultRules'>,
  { image, name, options, priority }: Wish,
): Promise<JobRow> {
  const plan = await planCaptions({ db, captioners, defaultRules }, { organizationId, options })
  const id = uuidv7()
  const deliveryId = uuidv7()
  return inTransaction(db, async (tx) => {
    const job = await insertJob(tx, {
      organization_id: organizationId,
      id,
      kind: 'caption',
      priority,
      progress_total: plan.options.styles.length,
      name,
      input: JSON.stringify({ imageId: image.id, options: plan.options }),
      delivery_id: deliveryId,
    })
    await queue.send(tx, captionImage, { jobId: id, deliveryId }, { deliveryId, priority })
    await emitEvents(tx, [jobEvent(job)])
    return job
  })
}
