import { execFile, spawn } from 'node:child_process'
import { chown, open, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Address } from './address.ts'
import { putBack } from './create-cluster.ts'
import type { Binaries } from './find-binaries.ts'
import { isListening } from './is-listening.ts'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'
import type { PostgresUser } from './postgres-user.ts'
import {
  disownStaleFile,
  findRunningPostgres,
  isPostgresOf,
  readPostmaster,
  removeEmptyFile,
} from './postmaster-file.ts'
import { serverArguments } from './server-settings.ts'

export type DatabaseProcess = {
  pid: number
  exited: Promise<void>
}

export type Launch = {
  paths: PostgresPaths
  binaries: Binaries
  user: PostgresUser
  address: Address
  maxConnections?: number | undefined
}

/** One that was left running in the folder and is reached where we would have put it. */
export async function adoptPostgres({
  paths,
  address,
}: Pick<Launch, 'paths' | 'address'>): Promise<DatabaseProcess | undefined> {
  const left = await findRunningPostgres(paths.cluster)
  if (!left) return undefined
  const isThere =
    left.port === address.port &&
    (address.password !== undefined || left.socketFolder === address.host)
  if (left.status === 'ready' && isThere) {
    return { pid: left.pid, exited: untilGone(left.pid, paths) }
  }
  await stopPostgres({ pid: left.pid, exited: untilGone(left.pid, paths) }, paths)
  return undefined
}

/** Resolves when Postgres takes connections, after recovery if it was killed. */
export async function startPostgres(launch: Launch): Promise<DatabaseProcess> {
  const deadline = performance.now() + RETRY_MS
  for (;;) {
    try {
      return await startOnce(launch)
    } catch (error) {
      // Children of one that was killed take a moment to notice, and hold its shared memory.
      if (performance.now() > deadline) throw error
      await sleep(250)
    }
  }
}

async function startOnce(launch: Launch): Promise<DatabaseProcess> {
  const { paths, user, binaries } = launch
  await clearStaleFile(launch)
  const { file, args, options } = user.command(
    binaries.postgres,
    serverArguments(paths.cluster, launch),
  )
  await using log = await openLog(paths, user)
  const begin = (await log.stat()).size
  const child = spawn(file, args, {
    ...options,
    cwd: '/',
    detached: true, // Ctrl-C in a terminal is not for it
    stdio: ['ignore', log.fd, log.fd],
  })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  let gone = false
  void exited.then(() => {
    gone = true
  })
  while (!gone) {
    const postmaster = await readPostmaster(paths.cluster)
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') {
      return { pid: postmaster.pid, exited }
    }
    await sleep(15)
  }
  throw new PostgresError(
    `Postgres ended while it started: ${await readReason(paths, begin)} Its log is ${paths.log}. ${putBack(paths.cluster)}`,
  )
}

/**
 * The process that the file names is none of ours, as far as we see. In another container we would
 * not see it, and two on the same files destroy them; but its socket would answer.
 */
async function clearStaleFile({ paths, address }: Launch): Promise<void> {
  const left = await readPostmaster(paths.cluster)
  const folder = left?.socketFolder || address.host
  if (await isListening(join(folder, `.s.PGSQL.${left?.port ?? address.port}`))) {
    throw new PostgresError(
      `A Postgres that this process cannot see uses ${paths.cluster}, perhaps in another container. Stop Descry there first.`,
    )
  }
  await (left ? disownStaleFile(paths.cluster) : removeEmptyFile(paths.cluster))
}

/** Ends it as fast as is clean; then less cleanly, which costs a recovery but no data. */
export async function stopPostgres(
  { pid, exited }: DatabaseProcess,
  paths: PostgresPaths,
  binaries?: Pick<Binaries, 'pgCtl'>,
): Promise<void> {
  const isGone = async () => !(await isPostgresOf(pid, paths.cluster))
  for (const { signal, mode, waitMs } of stops) {
    if (process.platform === 'win32' && binaries) {
      const args = ['stop', '-D', paths.cluster, '-m', mode, '-W']
      await promisify(execFile)(binaries.pgCtl, args).catch(() => {})
    } else if (!(await isGone())) {
      sendSignal(pid, signal)
      await resume(pid)
    }
    const done = await Promise.race([exited.then(() => true), sleep(waitMs, false, { ref: false })])
    if (done || (await isGone())) return
  }
}

const stops = [
  { signal: 'SIGINT', mode: 'fast', waitMs: 20_000 },
  // It kills children that do not hear it after five seconds.
  { signal: 'SIGQUIT', mode: 'immediate', waitMs: 8_000 },
  { signal: 'SIGKILL', mode: 'immediate', waitMs: 5_000 },
] as const

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it was faster
  }
}

/** Processes that somebody paused hear no signal, and Postgres waits for its children. */
async function resume(pid: number): Promise<void> {
  if (process.platform === 'win32') return
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  for (const child of children.split(' ').filter(Boolean)) sendSignal(Number(child), 'SIGCONT')
  sendSignal(pid, 'SIGCONT')
}

/** We are not its parent, so nobody tells us. */
async function untilGone(pid: number, { cluster }: PostgresPaths): Promise<void> {
  while (await isPostgresOf(pid, cluster)) await sleep(300)
}

/** The log of this start and the last one before it grew large. */
async function openLog({ log }: PostgresPaths, { owner }: PostgresUser) {
  const size = await stat(log).then(
    (found) => found.size,
    () => 0,
  )
  if (size > LARGEST_LOG) await rename(log, `${log}.1`)
  const file = await open(log, 'a', 0o600)
  if (owner) await chown(log, owner, owner)
  return file
}

async function readReason({ log }: PostgresPaths, begin: number): Promise<string> {
  const said = (await readFile(log)).subarray(begin).toString('utf8')
  const lines = said.split('\n').filter((line) => /FATAL|PANIC|error/i.test(line))
  const [line = said.trim().split('\n').at(-1) ?? ''] = lines.slice(-1)
  return `${line.replace(/^.*?(FATAL|PANIC): +/, '').trim()}.`.replace(/^\.$/, 'it said nothing.')
}

const LARGEST_LOG = 1_000_000
const RETRY_MS = 5_000
