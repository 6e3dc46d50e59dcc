import { rm, stat } from 'node:fs/promises'
import { explainDiskError } from './explain-disk-error.ts'
import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'
import { repositoryPaths } from './repository-paths.ts'
import { withLock } from './with-lock.ts'

/** Removes all that was pulled of a repository, parts too. Waits for a pull that is under way. */
export async function removePulled(
  settings: Pick<HubSettings, 'folder'>,
  repository: string,
  { signal = new AbortController().signal }: { signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const paths = repositoryPaths(settings, repository)
  if (!(await stat(paths.root).catch(() => undefined))) {
    throw new HubError('not-found', `Nothing of ${repository} is in ${settings.folder}.`)
  }
  try {
    await withLock(paths.lock, signal, async () => {
      await rm(paths.manifest, { force: true }) // first, so that half a removal is nothing pulled
      await rm(paths.root, { recursive: true, force: true })
    })
  } catch (error) {
    throw explainDiskError(error, settings.folder)
  }
}
