import type { Tx } from '../db/client.ts'
import { emitEvents } from '../db/events.ts'
import type { StoredCaption } from './store-drafts.ts'

/** Tells of the captions that are new. */
export async function emitNewCaptions(
  tx: Tx,
  organizationId: string,
  captions: readonly StoredCaption[],
): Promise<void> {
  const fresh = captions.filter(({ reused }) => !reused)
  const events = fresh.map(({ reused: _, ...data }) => ({
    organizationId,
    type: 'caption' as const,
    data,
  }))
  await emitEvents(tx, events)
}
