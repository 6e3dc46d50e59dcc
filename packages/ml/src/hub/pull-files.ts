import { mkdir } from 'node:fs/promises'
import { checkRevision } from './check-names.ts'
import { downloadFile } from './download-file.ts'
import { explainDiskError } from './explain-disk-error.ts'
import { HubError } from './hub-error.ts'
import type { HubFile } from './hub-file.ts'
import type { HubSettings } from './hub-settings.ts'
import { listRepository } from './list-repository.ts'
import { createManifest, findManifest, writeManifest } from './manifest.ts'
import { findKnown, type PullPlan, planPull } from './plan-pull.ts'
import { removeLeftovers } from './remove-leftovers.ts'
import { type RepositoryPaths, repositoryPaths } from './repository-paths.ts'
import type { FileSelection } from './select-files.ts'
import { type FileProgress, trackProgress } from './track-progress.ts'
import { withLock } from './with-lock.ts'

export type PullRequest = FileSelection & {
  repository: string
  /** A branch, a tag or a commit. */
  revision?: string | undefined
  /** Asks whether the revision has moved on. Otherwise what was pulled once keeps its commit. */
  refresh?: boolean | undefined
  /** Hashes also what is there already, and so repairs damaged files. Otherwise sizes are compared. */
  verify?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress?: ((progress: FileProgress) => void) | undefined
}

export type PulledFiles = {
  /** Where the files lie, under the paths that they have in the repository. */
  folder: string
  commit: string
  licence: string | null
  files: HubFile[]
}

/**
 * Sees to it that files of a repository are on the disk, whole and verified. Asks the hub only for what
 * is missing. A folder has one commit of a repository: another revision takes the place of the first.
 */
export async function pullFiles(
  settings: HubSettings,
  { revision = 'main', signal = new AbortController().signal, ...rest }: PullRequest,
): Promise<PulledFiles> {
  const pull = { ...rest, revision, signal }
  const paths = repositoryPaths(settings, pull.repository)
  checkRevision(revision)
  const known = await findKnown(paths, pull)
  const plan = known && (await planPull(paths, known, pull))
  if (plan?.missing.length === 0) return toResult(paths, plan)
  if (settings.offline) throw offline(settings, pull, plan)
  try {
    await mkdir(settings.folder, { recursive: true })
    return await withLock(paths.lock, signal, (signal) =>
      pullNow(settings, paths, { ...pull, signal }),
    )
  } catch (error) {
    throw explainDiskError(error, settings.folder)
  }
}

type Pull = PullRequest & { revision: string; signal: AbortSignal }

/** Looks again first: whoever had the lock before may have pulled the same. */
async function pullNow(settings: HubSettings, paths: RepositoryPaths, pull: Pull) {
  const before = await findManifest(paths.manifest).catch(() => undefined) // is written anew
  const { repository, revision } = pull
  const manifest =
    (await findKnown(paths, pull)) ??
    createManifest({ repository, revision }, await listRepository(settings, pull), before)
  const plan = await planPull(paths, manifest, pull)
  await mkdir(paths.root, { recursive: true })
  await writeManifest(paths.manifest, manifest)
  await bringMissing(settings, paths, { ...plan, pull })
  await removeLeftovers(paths, { before, manifest })
  return toResult(paths, plan)
}

/** One after the other. Each is in the manifest as soon as it is there. */
async function bringMissing(
  settings: HubSettings,
  paths: RepositoryPaths,
  { manifest, wanted, missing, pull }: PullPlan & { pull: Pull },
): Promise<void> {
  const { repository, signal, onProgress } = pull
  const there = wanted.filter((file) => !missing.includes(file))
  const progress = trackProgress({ wanted, there }, onProgress)
  for (const file of missing) {
    signal.throwIfAborted()
    const onSize = (size: number) => progress.at(file, size)
    await downloadFile(settings, paths, {
      repository,
      commit: manifest.commit,
      file,
      signal,
      onSize,
    })
    file.pulledAt = new Date().toISOString()
    await writeManifest(paths.manifest, manifest)
    progress.finish(file)
  }
}

const toResult = (paths: RepositoryPaths, { manifest, wanted }: PullPlan): PulledFiles => ({
  folder: paths.files,
  commit: manifest.commit,
  licence: manifest.licence,
  files: wanted.map(({ pulledAt: _, ...file }) => file),
})

function offline({ folder }: HubSettings, pull: Pull, plan: PullPlan | undefined): HubError {
  const { repository, revision } = pull
  const missing = plan?.missing.map(({ path }) => path) ?? pull.paths ?? []
  const named = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ', …' : '')
  return new HubError(
    'offline',
    `${named ? `${named} of ` : ''}${repository} (${revision}) is not in ${folder}, and offline is on. ` +
      `Switch offline off, or pull it on a machine with a network and copy ${folder} here.`,
  )
}
