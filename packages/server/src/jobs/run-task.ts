import type { Deps } from '../deps.ts'
import type { Delivery } from '../queue/queue.ts'
import type { Log, TaskDefinition } from './define-job.ts'

type Options = { deps: Deps; delivery: Delivery; signal: AbortSignal; log: Log }

/** One attempt at work of the system itself; the queue repeats one that fails. */
export async function runTask(
  { kind, timeoutSeconds, run }: TaskDefinition,
  { deps, delivery, signal, log }: Options,
): Promise<void> {
  const begun = performance.now()
  const fields = () => ({
    job: kind,
    delivery: delivery.id,
    ms: Math.round(performance.now() - begun),
  })
  const deadline = AbortSignal.timeout(timeoutSeconds * 1000)
  try {
    await run({ deps, signal: AbortSignal.any([signal, deadline]) })
    await deps.queue.complete(kind, delivery.id)
    log.info(fields(), 'task done')
  } catch (error) {
    log.error({ ...fields(), error }, 'task failed')
    await deps.queue.fail(kind, delivery.id, error instanceof Error ? error.message : String(error))
  }
}
