import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { FormatError } from './format-error.ts'
import { isSystemFolder } from './is-system-folder.ts'

export type Walk = { files: string[]; errors: FormatError[] }

/**
 * All files in a folder and below, except hidden ones and those in folders of the system. A link to a
 * file counts as a file; a link to a folder is not followed, since it may lead back up. A folder that
 * cannot be read is an error of its own; the others are still read.
 */
export async function walkFolder(path: string, relativeTo = '.'): Promise<Walk> {
  const walk: Walk = { files: [], errors: [] }
  const folders = [path]
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readFolder(folder, relativeTo, walk.errors)) {
      const child = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(child)
      else if (await isFile(entry, resolve(relativeTo, child))) walk.files.push(child)
    }
  }
  return walk
}

async function readFolder(folder: string, relativeTo: string, errors: FormatError[]) {
  try {
    const entries = await readdir(resolve(relativeTo, folder), { withFileTypes: true })
    return entries.filter(
      (entry) =>
        !entry.name.startsWith('.') && !(entry.isDirectory() && isSystemFolder(entry.name)),
    )
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message = `The folder ${folder} cannot be read (${code}).`
    errors.push(new FormatError('unreadable', folder, message, { cause: error }))
    return []
  }
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile()
  const target = await stat(path).catch(() => undefined) // a link to nothing is no file
  return target?.isFile() ?? false
}
