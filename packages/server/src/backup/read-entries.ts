import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { extract, type Header } from 'tar-stream'
import { AppError } from '../errors.ts'
import { notABackup } from './backup-format.ts'

type Entry = AsyncIterable<unknown> & { header: Pick<Header, 'name'> }
export type Entries = AsyncIterator<Entry>

/** Any mistake of the file itself is told as such. */
export async function* readEntries(path: string): AsyncGenerator<Entry> {
  const source = createReadStream(path)
  const entries = extract()
  source.on('error', (error) => entries.destroy(error))
  source.pipe(entries)
  try {
    yield* entries
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return refuseUnreadable(error)
    throw new AppError('not-found', `There is no file ${path}.`, { cause: error })
  } finally {
    source.destroy()
  }
}

export const readEntry = (entry: Entry): Promise<Buffer> => buffer(entry).catch(refuseUnreadable)

/** An error of a system call is the disk's. */
function refuseUnreadable(error: unknown): never {
  if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
  throw notABackup('its end is missing, or it is no tar file', error)
}

export async function readJson(entry: IteratorResult<Entry>, name: string): Promise<unknown> {
  if (entry.done || entry.value.header.name !== name) throw notABackup(`${name} is missing`)
  const text = (await readEntry(entry.value)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch (error) {
    throw notABackup(`${name} is damaged`, error)
  }
}
