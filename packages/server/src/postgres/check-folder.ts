import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, readFile, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'

/** Makes the folder, for its owner only, and throws if a database cannot live in it. */
export async function checkFolder(
  { folder }: Pick<PostgresPaths, 'folder'>,
  { sync = syncProbe, keepsPermissions: keeps = keepsPermissions } = {},
): Promise<void> {
  await attempt(folder, 'cannot be made', () => mkdir(folder, { recursive: true, mode: 0o700 }))
  const probe = join(folder, `.probe-${randomUUID()}`)
  try {
    await attempt(folder, 'cannot be written', async () => (await open(probe, 'w', 0o600)).close())
    await attempt(folder, 'cannot sync files to disk', () => sync(probe))
    if (process.platform !== 'win32' && !(await keeps(probe))) {
      throw new PostgresError(
        `${folder} does not keep permissions of files (chmod has no effect there), and Postgres refuses such a folder. ${CHOOSE}`,
      )
    }
  } finally {
    await rm(probe, { force: true }).catch(() => {})
  }
}

/** What is worth saying about the place, although it may work. */
export async function findFolderWarning(
  folder: string,
  { typeOf = async (path: string) => (await statfs(path)).type } = {},
): Promise<string | undefined> {
  const name = networkTypes[await typeOf(folder)]
  if (!name) return undefined
  return `${folder} is on a network disk (${name}). The database is only as safe there as that server's word that data is on disk; a local disk is better.`
}

/** Files that an earlier Descry wrote with another database; nothing reads them any more. */
export async function refusePgliteFolder(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'database', 'PG_VERSION')
  if ((await readFile(file).catch(() => undefined)) === undefined) return
  throw new PostgresError(
    `${join(dataFolder, 'database')} is a PGlite database of an earlier Descry, which this version cannot read. Choose another folder with DESCRY_DATA, or move this one away.`,
  )
}

async function attempt<Result>(folder: string, what: string, work: () => Promise<Result>) {
  try {
    return await work()
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException
    const meaning = meanings[code] ?? code
    throw new PostgresError(`${folder} ${what}: ${meaning}. ${CHOOSE}`, { cause: error })
  }
}

async function syncProbe(path: string): Promise<void> {
  await using file = await open(path, 'r+')
  await file.write('descry')
  await file.sync()
}

async function keepsPermissions(path: string): Promise<boolean> {
  for (const mode of [0o600, 0o700]) {
    const kept = await chmod(path, mode).then(
      () => stat(path),
      () => undefined,
    )
    if (!kept || (kept.mode & 0o777) !== mode) return false
  }
  return true
}

const meanings: Record<string, string> = {
  EROFS: 'the disk is read-only',
  EACCES: 'this user may not',
  EPERM: 'this user may not',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EINVAL: 'this kind of disk cannot do it',
  ENOTSUP: 'this kind of disk cannot do it',
  EIO: 'the disk reports an error',
}

/** `statfs.f_type`, from linux/magic.h. */
const networkTypes: Record<number, string> = {
  26985: 'NFS',
  4283649346: 'CIFS',
  20859: 'SMB',
  4266872130: 'SMB',
  16914839: '9p',
}

const CHOOSE =
  'Choose another folder with DESCRY_DATA, or set DATABASE_URL to a Postgres of your own.'
