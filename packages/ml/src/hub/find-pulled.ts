import { readdir } from 'node:fs/promises'
import { checkRevision, isRepository } from './check-names.ts'
import { HubError } from './hub-error.ts'
import type { HubSettings } from './hub-settings.ts'
import { findManifest, isOfRevision, type Manifest } from './manifest.ts'
import { repositoryPaths, toRepository } from './repository-paths.ts'

/** What is on the disk of a repository: `files` are those that were pulled, not all that it has. */
export type PulledRepository = Omit<Manifest, 'format' | 'version'> & {
  /** Where the files lie, under the paths that they have in the repository. */
  folder: string
}

/** From the manifest, without a network. Undefined where nothing of this revision was pulled. */
export async function findPulled(
  settings: Pick<HubSettings, 'folder'>,
  repository: string,
  revision?: string,
): Promise<PulledRepository | undefined> {
  const paths = repositoryPaths(settings, repository)
  if (revision !== undefined) checkRevision(revision)
  const manifest = await findManifest(paths.manifest)
  if (!manifest || (revision !== undefined && !isOfRevision(manifest, revision))) return undefined
  const { format: _, version: __, ...about } = manifest
  const files = manifest.files.filter(({ pulledAt }) => pulledAt !== null)
  return { ...about, files, folder: paths.files }
}

export async function getPulled(
  settings: Pick<HubSettings, 'folder'>,
  repository: string,
): Promise<PulledRepository> {
  const pulled = await findPulled(settings, repository)
  if (pulled) return pulled
  throw new HubError('not-found', `Nothing of ${repository} was pulled to ${settings.folder}.`)
}

/** The folder may hold other things too. */
export async function listPulled(
  settings: Pick<HubSettings, 'folder'>,
): Promise<PulledRepository[]> {
  const entries = await readdir(settings.folder, { withFileTypes: true }).catch(missing)
  const names = entries.filter(
    (entry) => entry.isDirectory() && isRepository(toRepository(entry.name)),
  )
  const found = await Promise.all(names.map(({ name }) => findPulled(settings, toRepository(name))))
  return found
    .filter((pulled) => pulled !== undefined)
    .sort((a, b) => (a.repository < b.repository ? -1 : 1))
}

function missing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}
