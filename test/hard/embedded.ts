import { postgresPaths } from '../../packages/server/src/postgres/postgres-paths.ts'
import { findRunningPostgres } from '../../packages/server/src/postgres/postmaster-file.ts'
import { readSupervisorFile } from '../../packages/server/src/postgres/supervisor-file.ts'
import { eventually } from './eventually.ts'

/** The processes of the Postgres that Descry runs in a data folder; undefined where there is none. */
export async function findEmbedded(dataFolder: string) {
  const paths = postgresPaths(dataFolder)
  const [postgres, supervisor] = await Promise.all([
    findRunningPostgres(paths.cluster),
    readSupervisorFile(paths),
  ])
  return {
    postgres: postgres?.pid,
    supervisor: supervisor && isAlive(supervisor.pid) ? supervisor.pid : undefined,
  }
}

/** After the last process is gone nothing is left running. */
export const untilEmbeddedEnded = (dataFolder: string): Promise<true> =>
  eventually(
    'the embedded Postgres has ended',
    async () => {
      const { postgres, supervisor } = await findEmbedded(dataFolder)
      return postgres === undefined && supervisor === undefined
    },
    { withinMs: 30_000, everyMs: 50 },
  )

export function killHard(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it was faster
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
