import { createHash } from 'node:crypto'
import { chown, lstat, mkdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PostgresError } from './postgres-error.ts'
import type { PostgresPaths } from './postgres-paths.ts'

/** Where Postgres is reached: a folder with its Unix socket, or loopback with a password. */
export type Address = { host: string; port: number; password?: string }

/** The kernel takes 107 bytes; some are left for what other tools append. */
const LONGEST_SOCKET_PATH = 100
const SOCKET_PORT = 5432

/** Unix sockets cannot be everywhere: not on Windows, and not under a long path. */
export async function chooseAddress(
  paths: PostgresPaths,
  { loopback }: { loopback: boolean },
): Promise<Address> {
  if (!loopback) return { host: await makeSocketFolder(paths), port: SOCKET_PORT }
  const password = (await readFile(paths.password, 'utf8').catch(() => '')).trim()
  if (!password) {
    throw new PostgresError(
      `${paths.password} is missing or empty, and without it nobody can log in to the database beside it. Put the file back from a copy, or move ${paths.folder} away and put the newest backup back: descry restore FILE.`,
    )
  }
  return { host: '127.0.0.1', port: await findFreePort(), password }
}

/** The postgres folder itself, or, where its path is too long, one of its own in the temporary folder. */
async function makeSocketFolder({ folder }: Pick<PostgresPaths, 'folder'>): Promise<string> {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH) return folder
  const short = join(tmpdir(), `descry-${hashOf(folder)}`)
  await mkdir(short, { mode: 0o700 }).catch(ignoreExisting)
  const { uid } = await lstat(folder)
  await refuseForeign(short, [uid, process.getuid?.() ?? uid])
  if (process.getuid?.() === 0) await chown(short, uid, uid)
  return short
}

/** Where the supervisor listens. */
export async function supervisorSocket(paths: PostgresPaths): Promise<string> {
  if (process.platform === 'win32') return `\\\\.\\pipe\\descry-${hashOf(paths.folder)}`
  return join(await makeSocketFolder(paths), 'supervisor.sock')
}

/** The temporary folder is open to all: somebody else may have made a folder, or a link, of that name. */
async function refuseForeign(folder: string, owners: number[]): Promise<void> {
  const found = await lstat(folder)
  if (found.isDirectory() && owners.includes(found.uid) && (found.mode & 0o077) === 0) return
  throw new PostgresError(
    `${folder} is needed for sockets and is not a folder of this user alone. Remove it, or choose a DESCRY_DATA with a shorter path.`,
  )
}

const hashOf = (folder: string) => createHash('sha256').update(folder).digest('hex').slice(0, 16)

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
