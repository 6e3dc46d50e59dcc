import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Address } from './address.ts'
import {
  adoptPostgres,
  type DatabaseProcess,
  type Launch,
  startPostgres,
  stopPostgres,
} from './database-process.ts'

export type RunningDatabase = {
  /** Resolves when it takes connections. Called once. */
  start(): Promise<Address>
  stop(): Promise<void>
}

/** Starts Postgres, or adopts one that was left running, and starts it again whenever it ends. */
export function keepRunning(
  prepare: () => Promise<Launch>,
  notice: (message: string) => void,
): RunningDatabase {
  let stopping = false
  let launch: Launch | undefined
  let database: DatabaseProcess | undefined
  let started: Promise<Address> | undefined
  let restarted: Promise<void> | undefined

  async function start(): Promise<Address> {
    launch = await prepare()
    database = (await adopt(launch)) ?? (await startOver(launch))
    restartWhenGone(database)
    return launch.address
  }

  async function adopt(from: Launch): Promise<DatabaseProcess | undefined> {
    const left = await adoptPostgres(from)
    if (left) notice(`Found Postgres still running (process ${left.pid}), and uses it.`)
    return left
  }

  async function startOver(from: Launch): Promise<DatabaseProcess> {
    const wasKilled = existsSync(join(from.paths.cluster, 'postmaster.pid'))
    const fresh = await startPostgres(from)
    if (wasKilled) notice('Postgres was not stopped the last time; it has recovered.')
    return fresh
  }

  function restartWhenGone({ exited }: DatabaseProcess): void {
    restarted = exited.then(restart)
  }

  /** Postgres ended although somebody needs it: tried until it works, as when a disk has room again. */
  async function restart(): Promise<void> {
    database = undefined
    while (!stopping && launch) {
      notice('Postgres has ended unexpectedly and is started again.')
      try {
        database = await startPostgres(launch)
        restartWhenGone(database)
        notice('Postgres is back, and has recovered.')
        return
      } catch (error) {
        notice(error instanceof Error ? error.message : String(error))
        await sleep(RESTART_PAUSE_MS)
      }
    }
  }

  return {
    start() {
      started = start()
      return started
    },
    async stop() {
      stopping = true
      await started?.catch(() => {}) // told to those who waited for it
      if (!database) await restarted
      if (database && launch) await stopPostgres(database, launch.paths, launch.binaries)
    },
  }
}

const RESTART_PAUSE_MS = 2_000
