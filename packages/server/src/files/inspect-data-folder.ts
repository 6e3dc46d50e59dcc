import { constants, existsSync } from 'node:fs'
import { access, opendir, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** Throws, in words, where a folder cannot be the data folder. Looks only; nothing is made or changed. */
export async function inspectDataFolder(folder: string): Promise<{ exists: boolean }> {
  const existing = findExisting(folder)
  await requireFolder(existing)
  await refuseSystemFolder(existing)
  await requireAccess(existing)
  const exists = existing === folder
  for (const name of exists ? ['blobs', 'tmp', 'postgres'] : []) {
    const part = join(folder, name)
    if (existsSync(part)) await requireFolder(part)
  }
  return { exists }
}

/** Whether files of images are in a data folder. */
export async function hasStoredFiles(folder: string): Promise<boolean> {
  const blobs = join(folder, 'blobs')
  if (!existsSync(blobs)) return false
  for await (const entry of await opendir(blobs, { recursive: true })) {
    if (entry.isFile()) return true
  }
  return false
}

/** The folder, or the one in which it would be made. */
export function findExisting(folder: string): string {
  if (existsSync(folder) || dirname(folder) === folder) return folder
  return findExisting(dirname(folder))
}

async function requireFolder(path: string): Promise<void> {
  if ((await stat(path)).isDirectory()) return
  throw new Error(`${path} is a file, where a folder is needed. Move it away. ${CHOOSE}`)
}

/** The kernel shows itself there; nothing can be kept, even where root is told that it may write. */
async function refuseSystemFolder(path: string): Promise<void> {
  if (process.platform !== 'linux') return
  const name = systemTypes[(await statfs(path)).type]
  if (name)
    throw new Error(`${path} belongs to the system (${name}): nothing is kept there. ${CHOOSE}`)
}

async function requireAccess(path: string): Promise<void> {
  await access(path, constants.W_OK | constants.X_OK).catch(({ code }: NodeJS.ErrnoException) => {
    const reason = code === 'EROFS' ? 'the disk is read-only' : 'this user may not'
    throw new Error(`${path} cannot be written: ${reason}. ${CHOOSE}`)
  })
}

/** `statfs.f_type`, from linux/magic.h. */
const systemTypes: Record<number, string> = {
  40864: 'proc',
  1650812274: 'sysfs',
  1667723888: 'cgroup2',
  2613483: 'cgroup',
  7377: 'devpts',
  1684170528: 'debugfs',
}

const CHOOSE = 'Or choose another folder with DESCRY_DATA.'
