import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a folder for its owner only, with those above it, so that they are there after a crash. */
export async function makeFolder(path: string): Promise<void> {
  if (!(await make(path))) return
  await syncFolder(dirname(path))
}

/**
 * Whether it was made here, and not there before. Node's own `recursive` tries for ever where a folder
 * is there in which none can be made, as in /proc.
 */
async function make(path: string, { again = false } = {}): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 })
    return true
  } catch (error) {
    if (await isFolder(path)) return false
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || again) throw error
  }
  await makeFolder(dirname(path))
  return make(path, { again: true })
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** A new name in a folder is on disk only when the folder is. Windows does that by itself. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  await using folder = await open(path, 'r')
  await folder.sync()
}
