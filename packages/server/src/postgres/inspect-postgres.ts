import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Address } from './address.ts'
import { checkClusterFiles } from './check-cluster-files.ts'
import { findFolderWarning, refusePgliteFolder } from './check-folder.ts'
import { checkVersion } from './create-cluster.ts'
import { isLocked } from './exclusive-lock.ts'
import { findBinaries, tryBinaries } from './find-binaries.ts'
import { isListening } from './is-listening.ts'
import { PostgresError } from './postgres-error.ts'
import { type PostgresPaths, postgresPaths } from './postgres-paths.ts'
import { findRunningPostgres, readPostmaster } from './postmaster-file.ts'
import { readSupervisorFile } from './supervisor-file.ts'

/** What there is of the embedded Postgres; looked at only. Throws where it would not start. */
export async function inspectPostgres(
  dataFolder: string,
): Promise<{ message: string; address?: Address }> {
  const paths = postgresPaths(dataFolder)
  await refusePgliteFolder(dataFolder)
  if (!(await checkVersion(paths, await findBinaries()))) {
    return { message: `none yet; the first start makes it in ${paths.folder}` }
  }
  await checkOwner(paths)
  const running = await findSupervisor(paths)
  if (running) return running
  await refuseUnreachable(paths)
  await checkClusterFiles(paths)
  return { message: await describeRest(paths) }
}

/** Whether the programs are there and run; returns their version. */
export async function inspectBinaries(): Promise<string> {
  return tryBinaries(await findBinaries())
}

/** Postgres refuses a folder that others may look into. */
async function checkOwner({ cluster }: PostgresPaths): Promise<void> {
  if (process.platform === 'win32') return
  const { uid, mode } = await lstat(cluster)
  const self = process.getuid?.()
  if (self !== 0 && uid !== self) {
    throw new PostgresError(
      `${cluster} belongs to another user (${uid}). Start Descry as that user, or give the folder to this one (chown -R).`,
    )
  }
  if ((mode & 0o077) !== 0) {
    throw new PostgresError(`${cluster} is open to other users: chmod -R go= ${cluster}`)
  }
}

async function findSupervisor(
  paths: PostgresPaths,
): Promise<{ message: string; address: Address } | undefined> {
  const supervisor = await readSupervisorFile(paths)
  if (!supervisor || !(await isListening(supervisor.socket))) return undefined
  const postmaster = await readPostmaster(paths.cluster)
  if (!postmaster) return undefined
  const address = postmaster.socketFolder
    ? { host: postmaster.socketFolder, port: postmaster.port }
    : {
        host: '127.0.0.1',
        port: postmaster.port,
        password: (await readFile(paths.password, 'utf8')).trim(),
      }
  return { message: `in use by a running Descry ${supervisor.version}`, address }
}

/** Somebody has the database and does not answer: a start would wait for it, and fail. */
async function refuseUnreachable(paths: PostgresPaths): Promise<void> {
  const postmaster = await readPostmaster(paths.cluster)
  const socket = join(
    postmaster?.socketFolder || paths.folder,
    `.s.PGSQL.${postmaster?.port ?? 5432}`,
  )
  const seen = postmaster && (await findRunningPostgres(paths.cluster))
  if (!isLocked(paths.lock) && (seen || !(await isListening(socket)))) return
  const { pid, host } = (await readSupervisorFile(paths)) ?? {}
  const who = pid ? `process ${pid} on ${host}` : 'a process that is not named'
  throw new PostgresError(
    `${paths.folder} is in use by a Descry that does not answer (${who}), perhaps in another container or just starting or ending. Stop it, or look again in a moment.`,
  )
}

async function describeRest({ cluster, folder }: PostgresPaths): Promise<string> {
  const warning = await findFolderWarning(folder)
  const left = await findRunningPostgres(cluster)
  if (left) return `Postgres was left running (process ${left.pid}); the next start uses it`
  if (await readPostmaster(cluster))
    return 'it was not stopped the last time; the next start recovers it'
  return warning ?? 'not running; the next start uses it'
}
