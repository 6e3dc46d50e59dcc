import { spawn } from 'node:child_process'
import { openSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Address } from './address.ts'
import { checkFolder, findFolderWarning, refusePgliteFolder } from './check-folder.ts'
import { onMessage, type Reply, send } from './messages.ts'
import { PostgresError } from './postgres-error.ts'
import { type PostgresPaths, postgresPaths } from './postgres-paths.ts'
import type { SupervisorOptions } from './supervise.ts'
import { readSupervisorFile } from './supervisor-file.ts'

export type EmbeddedPostgres = {
  address: Address
  /** Resolves when it has ended, if nobody else uses it. */
  close(): Promise<void>
}

type Options = SupervisorOptions & {
  /** Told what happens to the database that people should know, in whole sentences. */
  onNotice: (message: string) => void
}

/**
 * The Postgres in the data folder, started unless another process of Descry runs it already. It is
 * ours to use until `close`, or until this process ends.
 */
export async function openEmbeddedPostgres({
  onNotice,
  ...options
}: Options): Promise<EmbeddedPostgres> {
  const paths = postgresPaths(options.dataFolder)
  await refusePgliteFolder(options.dataFolder)
  await checkFolder(paths)
  const warning = await findFolderWarning(paths.folder)
  if (warning) onNotice(warning)

  let closed = false
  let registration = await register(options, paths, onNotice)
  const { address } = registration
  void stayRegistered()

  /** A supervisor that was killed is replaced, so that somebody ends Postgres after us. */
  async function stayRegistered(): Promise<void> {
    while (!closed) {
      await registration.gone
      if (closed) return
      try {
        registration = await register(options, paths, onNotice)
      } catch (error) {
        onNotice(error instanceof Error ? error.message : String(error))
        await sleep(RETRY_MS, undefined, { ref: false })
      }
    }
  }

  return {
    address,
    async close() {
      closed = true
      registration.socket.ref()
      registration.socket.end()
      await registration.gone
    },
  }
}

type Registration = { address: Address; socket: Socket; gone: Promise<void> }

async function register(
  options: SupervisorOptions,
  paths: PostgresPaths,
  onNotice: (message: string) => void,
): Promise<Registration> {
  let isOurs = false
  let silentSince = performance.now()
  for (;;) {
    const supervisor = await readSupervisorFile(paths)
    const socket = supervisor && (await reach(supervisor.socket))
    if (socket) {
      const registration = await greet(socket, options, onNotice)
      if (registration) return registration
      silentSince = performance.now() // there is one, which is ending
    }
    if (!isOurs) {
      isOurs = true
      void startSupervisor(options, paths).then(() => {
        isOurs = false
      })
    }
    if (performance.now() - silentSince > PATIENCE_MS) {
      const who = supervisor ? `process ${supervisor.pid} on ${supervisor.host}` : 'no process'
      throw new PostgresError(
        `The database in ${paths.folder} cannot be reached (${who} looks after it). If that is another machine or container, stop Descry there; otherwise see ${paths.log}.`,
      )
    }
    await sleep(20)
  }
}

/** Nothing comes back when nobody listens there. */
function reach(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('error', () => resolve(undefined))
    socket.once('connect', () => resolve(socket))
  })
}

/** Nothing comes back from one that ends just now. */
function greet(
  socket: Socket,
  { version }: SupervisorOptions,
  onNotice: (message: string) => void,
): Promise<Registration | undefined> {
  const gone = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  socket.on('error', () => {}) // its close is what counts
  return new Promise((resolve, reject) => {
    void gone.then(() => resolve(undefined))
    onMessage<Reply>(socket, (reply) => {
      if (reply.type === 'notice') onNotice(reply.message)
      if (reply.type === 'refused') reject(new PostgresError(reply.message))
      if (reply.type !== 'ready') return
      socket.unref() // a process may end without a word
      resolve({ address: reply.address, socket, gone })
    })
    send(socket, { version, pid: process.pid })
  })
}

/**
 * Apart from us: it outlives whoever started it. Resolves when it has ended. The compile cache,
 * which has no option, saves it 20 MB and half a second.
 */
function startSupervisor(options: SupervisorOptions, paths: PostgresPaths): Promise<void> {
  const script = `require('module').enableCompileCache(${JSON.stringify(getCompileCacheDir() ?? null)} ?? undefined)
    import(${JSON.stringify(pathToFileURL(supervisorFile()).href)})`
  const log = openSync(paths.log, 'a', 0o600)
  const child = spawn(
    process.execPath,
    [...flags, '--eval', script, '--', 'supervisor', JSON.stringify(options)],
    { detached: true, stdio: ['ignore', 'ignore', log], cwd: '/', windowsHide: true },
  )
  child.unref()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
}

const supervisorFile = () =>
  join(
    import.meta.dirname,
    import.meta.filename.endsWith('.ts') ? 'supervisor.ts' : 'supervisor.js',
  )

/** It only waits: a small heap is enough. */
const flags = [
  '--max-semi-space-size=1',
  '--max-old-space-size=64',
  '--disable-warning=ExperimentalWarning',
  '--input-type=commonjs',
]

const PATIENCE_MS = 30_000
const RETRY_MS = 2_000
