import type { Deps } from '../deps.ts'
import { deleteOrphanedBlobs } from './delete-orphaned-blobs.ts'

/** What crashes left behind among the blobs, a day later; at start and daily. */
export async function sweepBlobs(
  deps: Pick<Deps, 'db' | 'blobs'>,
  { now, signal }: { now: number; signal?: AbortSignal },
): Promise<void> {
  const before = new Date(now - DAY)
  await deps.blobs.deleteUnfinished(before)
  await deleteOrphanedBlobs(deps, { before, ...(signal && { signal }) })
}

/** An upload that takes longer would lose its blobs, and write them again. */
const DAY = 24 * 60 * 60 * 1000
