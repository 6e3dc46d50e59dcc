import { HubError } from './hub-error.ts'
import type { HubFile } from './hub-file.ts'

export type FileSelection = {
  /** Files that must be there. */
  paths?: readonly string[] | undefined
  /** Which files else. Without either: all of them. */
  filter?: ((file: HubFile) => boolean) | undefined
}

/** The files that are asked for, in the order of the repository. */
export function selectFiles<File extends HubFile>(
  { repository, files }: { repository: string; files: readonly File[] },
  { paths, filter = () => paths === undefined }: FileSelection,
): File[] {
  const known = new Set(files.map(({ path }) => path))
  const unknown = paths?.filter((path) => !known.has(path)) ?? []
  if (unknown.length > 0) {
    throw new HubError('not-found', `${repository} has no ${unknown.join(', ')} at this revision.`)
  }
  const selected = files.filter((file) => paths?.includes(file.path) || filter(file))
  if (selected.length > 0) return selected
  throw new HubError('not-found', `${repository} has no file that is asked for at this revision.`)
}
