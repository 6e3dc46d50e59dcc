import { execFile } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './find-binaries.ts'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'
import type { PostgresUser } from './postgres-user.ts'

/** The one user of the embedded Postgres, who may do everything. */
export const SUPERUSER = 'descry'

/**
 * Makes the files of an empty database unless they are there; throws if they are of another major
 * version. The folder appears when it is complete, also if we are killed meanwhile.
 */
export async function createCluster(
  paths: PostgresPaths,
  { binaries, user }: { binaries: Binaries; user: PostgresUser },
): Promise<void> {
  await checkVersion(paths, binaries)
  await removeUnfinished(paths)
  if (existsSync(paths.cluster)) return
  await writePassword(paths, user)
  const unfinished = join(paths.folder, `${UNFINISHED}${randomUUID()}`)
  await runInitdb(unfinished, { paths, binaries, user })
  await rename(unfinished, paths.cluster)
  await syncFolder(paths.folder)
}

/** The major version that wrote the files; undefined if there are none. Throws where they are damaged. */
async function readClusterVersion({
  cluster,
}: Pick<PostgresPaths, 'cluster'>): Promise<number | undefined> {
  if (!existsSync(cluster)) return undefined
  const text = await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  const version = /^\d{1,3}\s*$/.test(text ?? '') ? Number(text) : undefined
  if (version !== undefined) return version
  const fault = text === undefined ? 'is missing' : text === '' ? 'is empty' : 'is damaged'
  throw new PostgresError(
    `${cluster} is not a whole database: its file PG_VERSION ${fault}. ${putBack(cluster)}`,
  )
}

/** What to do about files that were lost or changed. */
export const putBack = (cluster: string): string =>
  `If files in it were lost or changed, move ${cluster} away and put the newest backup back: descry restore FILE.`

/** Returns whether there are files at all; throws where this Postgres cannot read them. */
export async function checkVersion(
  paths: Pick<PostgresPaths, 'cluster'>,
  { major }: Pick<Binaries, 'major'>,
): Promise<boolean> {
  const { cluster } = paths
  const found = await readClusterVersion(paths)
  if (found === undefined || found === major) return found !== undefined
  throw new PostgresError(
    `${cluster} was written by Postgres ${found}, and this Descry comes with Postgres ${major}, which cannot read it. Make a backup with the Descry that wrote it (descry backup FILE), and restore it into an empty folder with this one (descry restore FILE).`,
  )
}

async function runInitdb(
  folder: string,
  { paths, binaries, user }: { paths: PostgresPaths; binaries: Binaries; user: PostgresUser },
): Promise<void> {
  const { file, args, options } = user.command(binaries.initdb, [
    ...['-D', folder, '--username', SUPERUSER, '--encoding', 'UTF8', '--no-instructions'],
    // The same order and the same upper case on every machine.
    ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ...['--auth-local', 'trust', '--auth-host', 'scram-sha-256', '--pwfile', paths.password],
  ])
  try {
    const { uid, gid } = options
    await promisify(execFile)(file, args, { cwd: '/', uid, gid })
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    const reason = stderr.match(/^initdb: (?:error: )?(.*)$/m)?.[1] ?? String(error)
    throw new PostgresError(
      `The database cannot be made in ${dirname(folder)}: ${reason}. Make room or choose another folder with DESCRY_DATA, or set DATABASE_URL to a Postgres of your own.`,
      { cause: error },
    )
  }
}

/** `initdb` under a supervisor that was killed may still be writing there: names are never used twice. */
async function removeUnfinished({ folder }: PostgresPaths): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(UNFINISHED)) continue
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {})
  }
}

async function writePassword(
  { password }: Pick<PostgresPaths, 'password'>,
  { owner }: PostgresUser,
): Promise<void> {
  await using file = await open(password, 'w', 0o600)
  await file.writeFile(`${randomBytes(24).toString('hex')}\n`)
  await file.sync()
  if (owner) await chown(password, owner, owner)
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // folders cannot be opened there
  await using handle = await open(folder, 'r')
  await handle.sync()
}

const UNFINISHED = 'data.new-'
