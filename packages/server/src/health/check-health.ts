import type { Health } from '@descry/contract'
import { withDeadline } from '../db/deadline.ts'
import { listLiveWorkers } from '../db/workers.ts'
import type { Deps } from '../deps.ts'
import { readVersion } from '../read-version.ts'
import { toAppError } from '../to-app-error.ts'

type Check = Health['checks']['database']

/** Looks at everything the server needs; every check that fails says why. */
export async function checkHealth(
  deps: Pick<Deps, 'config' | 'db' | 'storage' | 'captionersLeftOut' | 'chain'>,
): Promise<Health> {
  const [workers, storage] = await Promise.all([findWorkers(deps), checkStorage(deps)])
  const checks = {
    database: workers.database,
    storage,
    workers: checkWorkers(workers.alive),
    captioners: checkCaptioners(deps),
  }
  // A process that only answers can do so while no worker runs: its jobs wait. And whatever captioner
  // is left out, there are others.
  const works = deps.config.roles.includes('worker')
  const needed = works
    ? (['database', 'storage', 'workers'] as const)
    : (['database', 'storage'] as const)
  return {
    live: true,
    ready: needed.every((name) => checks[name].ok),
    version: readVersion(),
    checks,
    workers: workers.alive,
  }
}

async function findWorkers({ db }: Pick<Deps, 'db'>) {
  try {
    const rows = await withDeadline(DATABASE_MS, () => listLiveWorkers(db))
    return { database: result(true), alive: rows.map(toWorkerState) }
  } catch (error) {
    return { database: result(false, reasonOf(error)), alive: [] }
  }
}

const checkStorage = ({ storage }: Pick<Deps, 'storage'>): Promise<Check> =>
  storage.require().then(
    () => result(true),
    (error) => result(false, reasonOf(error)),
  )

const checkWorkers = (alive: readonly unknown[]): Check =>
  result(alive.length > 0, 'No worker has reported lately: jobs wait until one starts.')

function checkCaptioners({
  captionersLeftOut,
  chain,
}: Pick<Deps, 'captionersLeftOut' | 'chain'>): Check {
  const cooling = chain
    .listCooling()
    .map(
      ({ name, state }) =>
        `${name} is not asked until ${state.until}, because it failed: ${state.lastError?.message}`,
    )
  const reasons = [...captionersLeftOut, ...cooling]
  return result(reasons.length === 0, reasons.join(' '))
}

const result = (ok: boolean, reason?: string): Check => ({
  ok,
  reason: ok ? null : (reason ?? null),
})

const reasonOf = (error: unknown): string =>
  toAppError(error)?.message ?? 'An unexpected error; see the log.'

type Row = Awaited<ReturnType<typeof listLiveWorkers>>[number]

const toWorkerState = ({ id, host, pid, running, started_at, seen_at }: Row) => ({
  id,
  host,
  pid,
  running,
  startedAt: started_at.toISOString(),
  seenAt: seen_at.toISOString(),
})

/** Whoever asks for health wants to know it now. */
const DATABASE_MS = 1_000
