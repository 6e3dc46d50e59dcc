import { stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { FormatError } from './format-error.ts'
import { hasImageExtension } from './image-extensions.ts'
import { isSystemFolder } from './is-system-folder.ts'
import { naturalOrder } from './natural-order.ts'
import { walkFolder } from './walk-folder.ts'

export type ImageList = {
  /** Paths as the names given spell them, in their order, each file once. */
  images: string[]
  /** One for each name that led to nothing, and for each folder inside that cannot be read. */
  errors: FormatError[]
}

/**
 * What `names` stand for: a file is taken whatever its extension; a folder gives the images in it and
 * below, a glob those it matches, both in natural order and without hidden files and folders of the
 * system. Names relative to `folder`.
 */
export async function listImages(names: readonly string[], folder = '.'): Promise<ImageList> {
  const images = new Map<string, string>()
  const errors: FormatError[] = []
  for (const name of names) {
    const found = await expand(name, folder)
    errors.push(...found.errors)
    for (const path of found.images) {
      const key = resolve(folder, path)
      if (!images.has(key)) images.set(key, path)
    }
  }
  return { images: [...images.values()], errors }
}

/** A file whose name looks like a glob (`photo[1].jpg`) is that file. */
async function expand(name: string, folder: string): Promise<ImageList> {
  const found = await findEntry(name, folder)
  if (found instanceof FormatError) return { images: [], errors: [found] }
  if (found?.isDirectory()) return expandFolder(name, folder)
  if (found?.isFile()) return { images: [name], errors: [] }
  if (found) return { images: [], errors: [notAFile(name)] }
  if (isDynamicPattern(name)) return expandGlob(name, folder)
  return { images: [], errors: [new FormatError('not-found', name, `There is no ${name}.`)] }
}

const notAFile = (name: string) =>
  new FormatError('unreadable', name, `${name} is neither a file nor a folder.`)

async function findEntry(name: string, folder: string) {
  try {
    return await stat(resolve(folder, name))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined
    const message = `${name} cannot be opened (${code}).`
    return new FormatError('unreadable', name, message, { cause: error })
  }
}

async function expandFolder(name: string, folder: string): Promise<ImageList> {
  const { files, errors } = await walkFolder(name, folder)
  const images = files.filter(hasImageExtension).sort(naturalOrder)
  if (images.length > 0 || errors.length > 0) return { images, errors }
  const message = `There is no image in ${name} or its folders.`
  return { images, errors: [new FormatError('no-images', name, message)] }
}

async function expandGlob(pattern: string, folder: string): Promise<ImageList> {
  const slashed = sep === '/' ? pattern : pattern.replaceAll(sep, '/')
  const matches = await glob(slashed, {
    cwd: folder,
    expandDirectories: false,
    followSymbolicLinks: false,
  })
  const images = matches
    .filter((path) => hasImageExtension(path) && !isInSystemFolder(path, slashed))
    .sort(naturalOrder)
  if (images.length > 0) return { images, errors: [] }
  const message = `${pattern} matches no image.`
  return { images, errors: [new FormatError('no-images', pattern, message)] }
}

/** A folder of the system that the pattern names itself is wanted. */
const isInSystemFolder = (path: string, pattern: string): boolean => {
  const named = pattern.split('/')
  return path.split('/').some((part) => isSystemFolder(part) && !named.includes(part))
}
