import { join } from 'node:path'
import { checkRepository } from './check-names.ts'
import type { HubFile } from './hub-file.ts'

export type RepositoryPaths = ReturnType<typeof repositoryPaths>

/** Where all that belongs to a repository lies on the disk. */
export function repositoryPaths({ folder }: { folder: string }, repository: string) {
  checkRepository(repository)
  const root = join(folder, repository.replace('/', '--'))
  return {
    root,
    manifest: join(root, 'manifest.json'),
    files: join(root, 'files'),
    /** What is still coming. Named after its content, so that no part goes on as another file. */
    parts: join(root, 'parts'),
    /** Beside the folder, so that the folder can be removed while it is held. */
    lock: `${root}.lock`,
    fileOf: ({ path }: Pick<HubFile, 'path'>) => join(root, 'files', ...path.split('/')),
    partOf: ({ sha256, gitSha1 }: HubFile) => join(root, 'parts', `${sha256 ?? gitSha1}.part`),
  }
}

/** `owner--name`, as a folder is called, to `owner/name`. */
export const toRepository = (folder: string): string => folder.replace('--', '/')
