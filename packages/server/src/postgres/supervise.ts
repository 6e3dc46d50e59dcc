import { rm, utimes } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { type Address, chooseAddress, supervisorSocket } from './address.ts'
import { createCluster } from './create-cluster.ts'
import type { Launch } from './database-process.ts'
import { takeExclusiveLock } from './exclusive-lock.ts'
import { findBinaries, tryBinaries } from './find-binaries.ts'
import { keepRunning } from './keep-running.ts'
import { type Hello, onMessage, send } from './messages.ts'
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
  const socket = await supervisorSocket(paths)
  const clients = new Set<Socket>()
  const ended = Promise.withResolvers<void>()
  let ending = false
  let started: Promise<Address> | undefined
  const database = keepRunning(
    () => prepare(options, previous?.port),
    (message) => {
      for (const client of clients) send(client, { type: 'notice', message })
    },
  )

  async function start(): Promise<Address> {
    const address = await database.start()
    await writeSupervisorFile(paths, { version: options.version, socket, port: address.port })
    return address
  }

  async function welcome(client: Socket, { version }: Hello): Promise<void> {
    if (ending) return void client.destroy() // it comes again, and starts another
    if (version !== options.version) return refuse(client, otherVersion(options, version))
    clients.add(client)
    clearTimeout(unused)
    try {
      started ??= start()
      send(client, { type: 'ready', address: await started })
    } catch (error) {
      refuse(client, error instanceof Error ? error.message : String(error))
      await end()
    }
  }

  /** Whoever leaves in order waits until Postgres has ended, if it was the last. */
  async function leave(client: Socket): Promise<void> {
    if (clients.delete(client) && clients.size === 0) await end()
    client.end()
  }

  async function end(): Promise<void> {
    if (ending) return ended.promise
    ending = true
    server.close()
    await database.stop()
    await rm(paths.supervisor, { force: true })
    lock?.[Symbol.dispose]()
    ended.resolve()
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    client.on('error', () => {})
    client.on('end', () => void leave(client))
    client.on('close', () => void leave(client))
    onMessage<Hello>(client, (hello) => void welcome(client, hello))
  })
  await listen(server, socket)
  await writeSupervisorFile(paths, { version: options.version, socket, port: 0 })
  const unused = setTimeout(end, UNUSED_MS)
  process.on('SIGTERM', () => void end())
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  await ended.promise
}

function refuse(client: Socket, message: string): void {
  send(client, { type: 'refused', message })
  client.end()
}

const otherVersion = ({ dataFolder, version }: SupervisorOptions, other: string) =>
  `${dataFolder} is in use by Descry ${version}, and this is Descry ${other}. Stop the one that runs first.`

async function listen(server: Server, socket: string): Promise<void> {
  if (process.platform !== 'win32') await rm(socket, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socket, resolve)
  })
  // Cleaners of temporary folders remove what nobody has touched for days.
  const touch = () => void utimes(socket, new Date(), new Date()).catch(() => {})
  setInterval(touch, HOUR_MS).unref()
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

/** For one that is just ending. */
const LOCK_WAIT_MS = 10_000
/** Whoever started us died before it came. */
const UNUSED_MS = 5_000
const HOUR_MS = 3_600_000
