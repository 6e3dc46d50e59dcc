import { randomUUID } from 'node:crypto'
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from './blob-store.ts'

/** Blobs as files under `dataFolder/blobs`; what is being written waits in `dataFolder/tmp`. */
export function folderBlobs(dataFolder: string): BlobStore {
  const pathOf = (key: string) => join(dataFolder, 'blobs', key)

  return {
    async write(key, bytes) {
      const temporary = join(temporaryFolder(dataFolder), randomUUID())
      await mkdir(dirname(temporary), { recursive: true })
      await mkdir(dirname(pathOf(key)), { recursive: true })
      try {
        await writeToDisk(temporary, bytes)
        await rename(temporary, pathOf(key))
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },

    async open(key) {
      const file = await open(pathOf(key)).catch(nothingIfMissing)
      if (!file) return undefined
      return { bytes: (await file.stat()).size, stream: file.createReadStream() }
    },

    read: (key) => readFile(pathOf(key)).catch(nothingIfMissing),

    has: (key) =>
      access(pathOf(key)).then(
        () => true,
        () => false,
      ),
  }
}

/** Files here that are older than a day were left by a crash. */
export const temporaryFolder = (dataFolder: string) => join(dataFolder, 'tmp')

async function writeToDisk(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.datasync()
  } finally {
    await file.close()
  }
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}
