import { open, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { FormatError } from '../format-error.ts'
import { naturalOrder } from '../natural-order.ts'
import { walkFolder } from '../walk-folder.ts'

export type DatasetFolder = {
  path: string
  /** Relative to `path`, with `/` on every system, in natural order. */
  files: ReadonlySet<string>
  errors: FormatError[]
  /** Names directly in the folder, or in `inside`, that match. */
  match(pattern: RegExp, inside?: string): string[]
  resolve(file: string): string
  /** The first characters of a file, without byte order mark and white space. */
  readHead(file: string): Promise<string>
}

export async function openDatasetFolder(path: string): Promise<DatasetFolder> {
  await requireFolder(path)
  const { files, errors } = await walkFolder('.', path)
  const names = files.map((file) => file.replaceAll(sep, '/')).sort(naturalOrder)
  const resolve = (file: string) => join(path, file)
  return {
    path,
    files: new Set(names),
    errors,
    match(pattern, inside = '') {
      const prefix = inside === '' ? '' : `${inside}/`
      return names.filter((name) => {
        const rest = name.startsWith(prefix) ? name.slice(prefix.length) : '/'
        return !rest.includes('/') && pattern.test(rest)
      })
    },
    resolve,
    readHead: (file) => readHead(resolve(file)),
  }
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new FormatError('not-found', path, `There is no folder ${path}.`)
  if (found.isDirectory()) return
  throw new FormatError('not-found', path, `${path} is a file; a dataset is a folder.`)
}

async function readHead(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
  return buffer
    .toString('utf8', 0, bytesRead)
    .replace(/^\ufeff/, '')
    .trimStart()
}

const HEAD_BYTES = 1024
