import { randomUUID } from 'node:crypto'
import { open, opendir, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeFolder, syncFolder } from '../files/make-folder.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import type { BlobStore, ListedBlob } from './blob-store.ts'

/** Blobs as files under `dataFolder/blobs`; what is being written waits in `dataFolder/tmp`. */
export function folderBlobs(dataFolder: string): BlobStore {
  const root = join(dataFolder, 'blobs')
  const unfinished = temporaryFolder(dataFolder)
  const pathOf = (key: string) => join(root, key)

  return {
    async write(key, content) {
      const temporary = join(unfinished, randomUUID())
      const folder = dirname(pathOf(key))
      await makeFolder(unfinished)
      await makeFolder(folder)
      try {
        await writeToDisk(temporary, content)
        await removeFolder(pathOf(key))
        await rename(temporary, pathOf(key))
        await syncFolder(folder)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },

    async read(key, range = { start: 0, end: Infinity }) {
      const file = await open(pathOf(key)).catch(nothingIfMissing)
      if (!file) return undefined
      const found = await file.stat()
      if (found.isFile()) return { bytes: found.size, stream: file.createReadStream(range) }
      await file.close()
      return undefined
    },

    delete: (key) => rm(pathOf(key), { force: true }),

    signedUrl: async () => undefined,

    list: () => listFiles(root),

    async deleteUnfinished(before) {
      for (const name of (await readdir(unfinished).catch(nothingIfMissing)) ?? []) {
        const path = join(unfinished, name)
        const found = await stat(path).catch(nothingIfMissing)
        if (found && found.mtime < before) await rm(path, { force: true })
      }
    },
  }
}

/** Others write and delete meanwhile: what is gone by the time it is looked at is left out. */
async function* listFiles(root: string): AsyncGenerator<ListedBlob> {
  const entries = await opendir(root, { recursive: true }).catch(nothingIfMissing)
  for await (const entry of entries ?? []) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const found = await stat(path).catch(nothingIfMissing)
    if (!found) continue
    const key = relative(root, path).replaceAll(sep, '/')
    yield { key, bytes: found.size, modifiedAt: found.mtime }
  }
}

/** Keys hold the hash of what belongs there: a folder of that name is damage, and would stay in the way. */
async function removeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(nothingIfMissing)
  if (found?.isDirectory()) await rm(path, { recursive: true })
}

async function writeToDisk(path: string, content: Uint8Array | AsyncIterable<Uint8Array>) {
  const source = content instanceof Uint8Array ? Readable.from([content]) : content
  // Opened first: a stream that opens its file itself may do so after it failed, when all is tidied up.
  const file = await open(path, 'wx', 0o600)
  await pipeline(source, file.createWriteStream({ flush: true }))
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
  throw error
}
