import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { HubError } from '../hub/hub-error.ts'

/** Throws where the disk of `folder`, which need not exist yet, has no room for so many bytes. */
export async function checkDiskSpace(
  folder: string,
  bytes: number,
  measure: (folder: string) => Promise<number> = measureFree,
): Promise<void> {
  const free = await measure(folder)
  if (bytes <= free) return
  throw new HubError(
    'no-space',
    `${toMb(bytes)} MB are to come, and the disk of ${folder} has ${toMb(free)} MB left. ` +
      'Make room, or set DESCRY_DATA to a folder on another disk.',
  )
}

async function measureFree(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch (error) {
    const parent = dirname(folder)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error
    return await measureFree(parent)
  }
}

const toMb = (bytes: number) => Math.ceil(bytes / 1e6).toLocaleString('en')
