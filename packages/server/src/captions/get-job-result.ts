import type { JobResult } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { listCaptionsById } from '../db/captions.ts'
import { findImage } from '../db/images.ts'
import { findJob } from '../db/jobs.ts'
import type { Deps } from '../deps.ts'
import { AppError, notFound } from '../errors.ts'
import { describeImage } from '../images/load-image.ts'
import { toJob } from '../jobs/to-job.ts'
import { captionJob } from './caption-job.ts'
import { toCaption } from './to-caption.ts'

/** The captions a finished job gave. */
export async function getJobResult(
  { organizationId }: Caller,
  { db }: Pick<Deps, 'db'>,
  id: string,
): Promise<JobResult> {
  const job = await findJob(db, organizationId, id)
  if (!job) throw notFound('job', id)
  if (job.kind !== captionJob.kind) {
    throw new AppError(
      'unsupported-option',
      `A ${job.kind} has no captions of its own; list its jobs with batchId=${id}.`,
    )
  }
  if (job.status !== 'done') {
    const ended = job.status === 'failed' || job.status === 'canceled'
    throw new AppError(
      ended ? 'conflict' : 'job-unfinished',
      `Job ${id} is ${job.status}${job.error_message ? `: ${job.error_message}` : ''}.`,
      { details: toJob(job) },
    )
  }
  const { imageId } = captionJob.input.parse(job.input)
  const image = await findImage(db, { organizationId, id: imageId })
  if (!image) throw notFound('image', imageId)
  const { captionIds: ids, reusedIds, missing } = captionJob.result.parse(job.result)
  const found = await listCaptionsById(db, organizationId, ids)
  const rows = ids.flatMap((captionId) => found.filter(({ id }) => id === captionId))
  const captions = rows.map((row) => ({ ...toCaption(row), reused: reusedIds.includes(row.id) }))
  return { image: await describeImage({ db }, image), captions, missing }
}
