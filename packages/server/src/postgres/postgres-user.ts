import { execFile, type SpawnOptions } from 'node:child_process'
import { chown, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Binaries } from './find-binaries.ts'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'

/** As whom the programs of Postgres run. It refuses root. */
export type PostgresUser = {
  name: string
  /** Whose the files are, seen from outside; undefined where it is simply whoever runs us. */
  owner?: number
  command(program: string, args: string[]): { file: string; args: string[]; options: SpawnOptions }
}

/**
 * Under root: a user namespace, in which root is nobody and the files stay root's. Where namespaces
 * are forbidden, as in some containers, the unprivileged user that owns the folder, or nobody.
 */
export async function choosePostgresUser(
  paths: Pick<PostgresPaths, 'folder'>,
  binaries: Pick<Binaries, 'postgres'>,
  { uid = process.getuid?.(), candidates }: { uid?: number; candidates?: PostgresUser[] } = {},
): Promise<PostgresUser> {
  if (uid !== 0) return whoeverRunsUs
  const found = await lstat(paths.folder)
  for (const user of candidates ?? [inNamespace, unprivileged(found.uid || NOBODY)]) {
    await ownFolder(paths.folder, user.owner ?? 0)
    if (await canRun(user, paths.folder, binaries.postgres)) return user
  }
  await ownFolder(paths.folder, found.uid)
  throw new PostgresError(
    `Postgres refuses to run as root, user namespaces are not permitted here, and no other user can reach ${paths.folder} and ${binaries.postgres}. ` +
      'Run Descry as an ordinary user, or choose a DESCRY_DATA outside of closed folders such as /root, or set DATABASE_URL to a Postgres of your own.',
  )
}

const NOBODY = 65534

const whoeverRunsUs: PostgresUser = {
  name: 'the user of Descry',
  command: (file, args) => ({ file, args, options: {} }),
}

export const inNamespace: PostgresUser = {
  name: 'root in a user namespace',
  owner: 0,
  command: (program, args) => ({
    file: 'unshare',
    args: ['--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--', program, ...args],
    options: {},
  }),
}

export const unprivileged = (uid: number): PostgresUser => ({
  name: `user ${uid}`,
  owner: uid,
  command: (file, args) => ({ file, args, options: { uid, gid: uid } }),
})

/** Whether that user can write the folder and run the program; capabilities of root do not count. */
async function canRun(user: PostgresUser, folder: string, postgres: string): Promise<boolean> {
  const script = 'test -w "$1" && test -x "$1" && exec "$2" --version'
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

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
