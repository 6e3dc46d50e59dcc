import { join } from 'node:path'

export type PostgresPaths = ReturnType<typeof postgresPaths>

/** Where the embedded Postgres keeps what; all of it is below `DESCRY_DATA/postgres`. */
export function postgresPaths(dataFolder: string) {
  const folder = join(dataFolder, 'postgres')
  return {
    folder,
    /** What Postgres calls its data directory. */
    cluster: join(folder, 'data'),
    /** Held by the supervisor for as long as it lives. */
    lock: join(folder, 'lock'),
    /** Who supervises, and where to reach it. */
    supervisor: join(folder, 'supervisor.json'),
    /** For connections over loopback, where there are no Unix sockets. */
    password: join(folder, 'password'),
    log: join(folder, 'log'),
  }
}
