import { execFile, type SpawnOptions } from 'node:child_process'
import { chmod, chown, lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './find-binaries.ts'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'

/**
 * As whom the programs of Postgres run. It refuses root, and its `initdb` refuses users without a
 * name, as containers often have them.
 */
export type PostgresUser = {
  name: string
  /** Whose the files are, seen from outside; undefined where it is simply whoever runs us. */
  owner?: number
  command(program: string, args: string[]): { file: string; args: string[]; options: SpawnOptions }
}

type Options = { uid?: number | undefined; candidates?: PostgresUser[] }

/**
 * Under root: a user namespace, in which root is nobody and the files stay root's. Where namespaces
 * are forbidden, as in some containers, the unprivileged user that owns the folder, or nobody.
 */
export async function choosePostgresUser(
  { folder }: Pick<PostgresPaths, 'folder'>,
  { postgres }: Pick<Binaries, 'postgres'>,
  { uid = process.getuid?.(), candidates }: Options = {},
): Promise<PostgresUser> {
  if (uid === undefined) return oneself
  const { uid: found } = await lstat(folder)
  for (const user of candidates ?? listCandidates(uid, found)) {
    if (user.owner !== undefined) await ownFolder(folder, user.owner)
    if (user.owner) await letPass(dirname(folder))
    if (await canRun(user, folder, postgres)) return user
  }
  if (uid === 0) await ownFolder(folder, found)
  throw new PostgresError(uid === 0 ? rootIsRefused(folder, postgres) : namelessIsRefused(uid))
}

function listCandidates(uid: number, folderOwner: number): PostgresUser[] {
  if (uid !== 0) return [oneself, inNamespace()]
  const other = folderOwner || NOBODY
  return [inNamespace(0), unprivileged(other), inNamespace(other)]
}

const NOBODY = 65534

const oneself: PostgresUser = {
  name: 'the user of Descry',
  command: (file, args) => ({ file, args, options: {} }),
}

/** There everybody is nobody, whatever one is outside. */
export const inNamespace = (owner?: number): PostgresUser => ({
  name: 'nobody in a user namespace',
  ...(owner !== undefined && { owner }),
  command: (program, args) => ({
    file: 'unshare',
    args: ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', program, ...args],
    options: owner ? { uid: owner, gid: owner } : {},
  }),
})

export const unprivileged = (uid: number): PostgresUser => ({
  name: `user ${uid}`,
  owner: uid,
  command: (file, args) => ({ file, args, options: { uid, gid: uid } }),
})

/** Whether that user has a name, can write the folder and run the program; root's powers do not count. */
async function canRun(user: PostgresUser, folder: string, postgres: string): Promise<boolean> {
  const script = 'id -un >&2 && test -w "$1" && test -x "$1" && exec "$2" --version'
  const { file, args, options } = user.command('/bin/sh', ['-c', script, 'sh', folder, postgres])
  const { uid, gid } = options
  return promisify(execFile)(file, args, { timeout: 10_000, cwd: '/', uid, gid }).then(
    () => true,
    () => false,
  )
}

/** Whoever ran Postgres here before may have been another user. */
async function ownFolder(folder: string, owner: number): Promise<void> {
  if ((await lstat(folder)).uid === owner) return
  for (const name of await readdir(folder, { recursive: true })) {
    await chown(join(folder, name), owner, owner).catch(ignoreMissing)
  }
  await chown(folder, owner, owner)
}

/** The folder around is for its owner only; another user must get through it to the database. */
async function letPass(folder: string): Promise<void> {
  const { mode } = await lstat(folder)
  if ((mode & 0o011) !== 0o011) await chmod(folder, (mode & 0o777) | 0o011)
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}

const rootIsRefused = (folder: string, postgres: string) =>
  `Postgres refuses to run as root, user namespaces are not permitted here, and no other user can reach ${folder} and ${postgres}. ` +
  'Run Descry as an ordinary user, or choose a DESCRY_DATA outside of closed folders such as /root, or set DATABASE_URL to a Postgres of your own.'

const namelessIsRefused = (uid: number) =>
  `Postgres needs a user with a name, and user ${uid} has none (no line in /etc/passwd); user namespaces are not permitted here. ` +
  'Give the user a name, run Descry as another one, or set DATABASE_URL to a Postgres of your own.'
