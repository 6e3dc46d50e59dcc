import type { CaptionOptions } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import type { ImageRow, JobRow } from '../db/tables.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { submitJob } from '../jobs/submit-job.ts'
import { captionJob } from './caption-job.ts'
import { planCaptions } from './plan-captions.ts'

type CaptionJobRequest = {
  image: ImageRow
  /** Of the uploaded file. */
  name: string | null
  options: CaptionOptions
  priority: number
  batchId?: string | undefined
  patienceSeconds?: number | undefined
  idempotencyKey?: string | undefined
}

/** Checks that such captions can be made here, and queues them. */
export async function submitCaptionJob(
  caller: Caller,
  deps: Pick<Deps, 'db' | 'queue' | 'captioners' | 'defaultRules'>,
  { image, options, ...more }: CaptionJobRequest,
): Promise<JobRow> {
  const plan = await planCaptions(caller, deps, { options })
  const styles = options.styles ?? plan.options.styles
  return inTransaction(deps.db, (tx) => {
    const submission = {
      ...more,
      // With the styles that nobody writes now: the result says what became of each.
      input: { imageId: image.id, options: { ...options, styles } },
      total: styles.length,
    }
    return submitJob(caller, deps, { tx, definition: captionJob, submission })
  })
}
