import type { JobRow } from '../db/tables.ts'
import type { Sending } from '../queue/queue.ts'

/**
 * How a job goes to the queue. The further down a job stands in its batch, the later it comes among those
 * of the same priority: two batches share the workers item by item, and a single job need not wait for
 * the end of a large batch.
 */
export const toSending = ({
  kind,
  id: jobId,
  delivery_id: deliveryId,
  priority,
  position,
  run_after: startAfter,
}: Pick<
  JobRow,
  'kind' | 'id' | 'delivery_id' | 'priority' | 'position' | 'run_after'
>): Sending => ({
  ...{ kind, jobId, deliveryId, startAfter },
  priority: priority * RANKS - Math.min(position, RANKS - 1),
})

const RANKS = 1000
