import { randomUUID } from 'node:crypto'
import { link, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder, syncFolder } from './make-folder.ts'

/**
 * Creates a file, for its owner only, unless it is there already: all of it or nothing, also after a
 * crash and when several processes try at once. What is being written waits in `temporaryFolder`, on
 * the same disk.
 */
export async function createFile(
  path: string,
  content: string,
  { temporaryFolder }: { temporaryFolder: string },
): Promise<void> {
  const temporary = join(temporaryFolder, randomUUID())
  await makeFolder(temporaryFolder)
  await makeFolder(dirname(path))
  try {
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600, flush: true })
    await link(temporary, path) // rename would replace what another process made meanwhile
    await syncFolder(dirname(path))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}
