import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Address, chooseAddress, supervisorSocket } from './address.ts'
import { createCluster } from './create-cluster.ts'
import {
  adoptPostgres,
  type DatabaseProcess,
  type Launch,
  startPostgres,
  stopPostgres,
} from './database-process.ts'
import { takeExclusiveLock } from './exclusive-lock.ts'
import { findBinaries, tryBinaries } from './find-binaries.ts'
import { type Hello, onMessage, type Reply, send } from './messages.ts'
import { postgresPaths } from './postgres-paths.ts'
import { choosePostgresUser } from './postgres-user.ts'
import { readSupervisorFile, writeSupervisorFile } from './supervisor-file.ts'

export type SupervisorOptions = {
  dataFolder: string
  /** Of Descry: processes of another version are turned away. */
  version: string
  /** Listens on loopback, with a password, instead of on a Unix socket. 0: a free port. */
  port?: number | undefined
  maxConnections?: number | undefined
}

/**
 * Runs the Postgres of a data folder for as long as processes of Descry are connected here, and ends
 * it when the last one is gone, however it went: the operating system closes the connections of the
 * dead. Resolves at once where another supervisor has the folder.
 */
export async function supervise(options: SupervisorOptions): Promise<void> {
  const paths = postgresPaths(options.dataFolder)
  const lock = takeExclusiveLock(paths.lock, { waitMs: LOCK_WAIT_MS })
  if (!lock) return

  const previous = await readSupervisorFile(paths)
  const clients = new Set<Socket>()
  const ended = Promise.withResolvers<void>()
  let ending = false
  let launch: Launch | undefined
  let database: DatabaseProcess | undefined
  let started: Promise<Address> | undefined
  let restarted: Promise<void> | undefined

  const tellAll = (reply: Reply) => {
    for (const client of clients) send(client, reply)
  }

  async function start(): Promise<Address> {
    launch = await prepare(options, previous?.port)
    const { address } = launch
    database = await adoptPostgres(launch)
    if (database) notice(`Found Postgres still running (process ${database.pid}), and uses it.`)
    else {
      const wasKilled = existsSync(join(paths.cluster, 'postmaster.pid'))
      database = await startPostgres(launch)
      if (wasKilled) notice('Postgres was not stopped the last time; it has recovered.')
    }
    restartWhenGone(database)
    await writeSupervisorFile(paths, { version: options.version, socket, port: address.port })
    return address
  }

  const notice = (message: string) => tellAll({ type: 'notice', message })

  function restartWhenGone({ exited }: DatabaseProcess): void {
    restarted = exited.then(restart)
  }

  /** Postgres ended although somebody needs it. */
  async function restart(): Promise<void> {
    database = undefined
    while (!ending && launch) {
      notice('Postgres has ended unexpectedly and is started again.')
      try {
        database = await startPostgres(launch)
        restartWhenGone(database)
        notice('Postgres is back, and has recovered.')
        return
      } catch (error) {
        notice(messageOf(error))
        await sleep(RESTART_PAUSE_MS)
      }
    }
  }

  async function end(): Promise<void> {
    if (ending) return ended.promise
    ending = true
    server.close()
    await started?.catch(() => {})
    if (!database) await restarted
    if (database) await stopPostgres(database, paths, launch?.binaries)
    await rm(paths.supervisor, { force: true })
    lock?.[Symbol.dispose]()
    ended.resolve()
  }

  async function welcome(client: Socket, { version }: Hello): Promise<void> {
    if (ending) return void client.destroy() // it comes again, and starts another
    if (version !== options.version) {
      const message = `${options.dataFolder} is in use by Descry ${options.version}, and this is Descry ${version}. Stop the one that runs first.`
      send(client, { type: 'refused', message })
      client.end()
      return
    }
    clients.add(client)
    clearTimeout(unused)
    try {
      started ??= start()
      send(client, { type: 'ready', address: await started })
    } catch (error) {
      send(client, { type: 'refused', message: messageOf(error) })
      client.end()
      await end()
    }
  }

  /** Whoever leaves in order waits until Postgres has ended, if it was the last. */
  async function leave(client: Socket): Promise<void> {
    if (clients.delete(client) && clients.size === 0) await end()
    client.end()
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => {})
    client.on('end', () => void leave(client))
    client.on('close', () => void leave(client))
    onMessage<Hello>(client, (hello) => void welcome(client, hello))
  })
  const socket = await supervisorSocket(paths)
  if (process.platform !== 'win32') await rm(socket, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  await writeSupervisorFile(paths, { version: options.version, socket, port: 0 })
  const unused = setTimeout(end, UNUSED_MS)
  process.on('SIGTERM', () => void end())
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  await ended.promise
}

/** All that must be there before Postgres is started. */
async function prepare(
  { dataFolder, port, maxConnections }: SupervisorOptions,
  previousPort: number | undefined,
): Promise<Launch> {
  const paths = postgresPaths(dataFolder)
  const binaries = await findBinaries()
  await tryBinaries(binaries)
  const user = await choosePostgresUser(paths, binaries)
  await createCluster(paths, { binaries, user })
  const loopback = port !== undefined || process.platform === 'win32'
  const address = await chooseAddress(paths, { loopback })
  // The same as before where possible: those who are connected look for it there.
  if (loopback) address.port = port || previousPort || address.port
  return { paths, binaries, user, address, maxConnections }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** For one that is just ending. */
const LOCK_WAIT_MS = 10_000
/** Whoever started us died before it came. */
const UNUSED_MS = 5_000
const RESTART_PAUSE_MS = 2_000
