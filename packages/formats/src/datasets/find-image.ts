import { posix } from 'node:path'
import type { DatasetFinding } from './dataset-finding.ts'
import type { DatasetFolder } from './dataset-folder.ts'

type NotFound = Omit<DatasetFinding, 'what'>

/**
 * The file a dataset means by a name: the one of that name in the folder, or else the only one in a
 * folder below whose path ends so (`a.jpg` → `Images/a.jpg`). Where there is none of exactly this
 * name, one counts whose accents are written in the other form of Unicode.
 */
export function createImageFinder({ files }: Pick<DatasetFolder, 'files'>) {
  const byEnd = groupBy(files, listEnds)
  const byForm = groupBy(files, (file) => [file, ...listEnds(file)].map(toForm))
  return (file: string): string | NotFound => {
    if (file.startsWith('/') || /^([a-z]:|\.\.(\/|$))/i.test(file)) {
      return { reason: 'image-name-unsafe', detail: 'The name leads outside the folder.' }
    }
    if (files.has(file)) return file
    const [first, second] = byEnd.get(file) ?? byForm.get(toForm(file)) ?? []
    if (first === undefined) return { reason: 'image-not-found' }
    if (second === undefined) return first
    const detail = `It may be ${first} or ${second}; say which folder with --images.`
    return { reason: 'image-name-ambiguous', detail }
  }
}

/** macOS writes `é` as two characters, most others as one. */
const toForm = (file: string): string => file.normalize('NFC')

/** `.\images\a.jpg` → `images/a.jpg` */
export const toSlashes = (file: string): string =>
  posix.normalize(file.trim().replaceAll('\\', '/'))

/** `a/b/c.jpg` → `b/c.jpg`, `c.jpg` */
function listEnds(file: string): string[] {
  const ends: string[] = []
  for (let at = file.indexOf('/'); at !== -1; at = file.indexOf('/', at + 1)) {
    ends.push(file.slice(at + 1))
  }
  return ends
}

function groupBy(
  files: Iterable<string>,
  listKeys: (file: string) => string[],
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of files) {
    for (const key of listKeys(file)) {
      const others = groups.get(key)
      if (others) others.push(file)
      else groups.set(key, [file])
    }
  }
  return groups
}
