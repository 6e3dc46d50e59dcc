import { posix } from 'node:path'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'

type NotFound = Omit<DatasetFinding, 'what'>

/**
 * The file a dataset means by a name: the one of that name in the folder, or else the only one in a
 * folder below whose path ends so (`a.jpg` → `Images/a.jpg`).
 */
export function createImageFinder({ files }: Pick<DatasetFolder, 'files'>) {
  const byEnd = listByEnd(files)
  return (file: string): string | NotFound => {
    if (file.startsWith('/') || /^([a-z]:|\.\.(\/|$))/i.test(file)) {
      return { reason: 'image-name-unsafe', detail: 'The name leads outside the folder.' }
    }
    if (files.has(file)) return file
    const [first, second] = byEnd.get(file) ?? []
    if (first === undefined) return { reason: 'image-not-found' }
    if (second === undefined) return first
    const detail = `It may be ${first} or ${second}; say which folder with --images.`
    return { reason: 'image-name-ambiguous', detail }
  }
}

/** `.\images\a.jpg` → `images/a.jpg` */
export const toSlashes = (file: string): string =>
  posix.normalize(file.trim().replaceAll('\\', '/'))

/** `a/b/c.jpg` under `b/c.jpg` and `c.jpg`. */
function listByEnd(files: Iterable<string>): Map<string, string[]> {
  const byEnd = new Map<string, string[]>()
  for (const file of files) {
    for (let at = file.indexOf('/'); at !== -1; at = file.indexOf('/', at + 1)) {
      const end = file.slice(at + 1)
      const others = byEnd.get(end)
      if (others) others.push(file)
      else byEnd.set(end, [file])
    }
  }
  return byEnd
}
