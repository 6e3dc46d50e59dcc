import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../access/caller.ts'
import type { Tx } from '../db/client.ts'
import { claimIdempotencyKey } from '../db/jobs.ts'
import type { JobRow } from '../db/tables.ts'
import { AppError } from '../errors.ts'

type Asked = { kind: string; input: unknown; parentId: string | null }

/**
 * The job that this very request has submitted before, under its key (Idempotency-Key): a client whose
 * answer was lost sends it again. Another request under the same key is refused.
 */
export async function findSubmitted(
  tx: Tx,
  { organizationId }: Caller,
  { key, asked }: { key: string | undefined; asked: Asked },
): Promise<JobRow | undefined> {
  if (key === undefined) return undefined
  const job = await claimIdempotencyKey(tx, organizationId, key)
  if (!job) return undefined
  const { kind, input, parent_id: parentId } = job
  const written: Asked = JSON.parse(JSON.stringify(asked))
  if (isDeepStrictEqual({ kind, input, parentId }, written)) return job
  throw new AppError(
    'conflict',
    `The Idempotency-Key ${key} belongs to another request, which submitted job ${job.id}. Use a new key for each request.`,
  )
}
