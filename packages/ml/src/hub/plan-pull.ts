import { hasSize, matchesHash } from './hash-file.ts'
import { findManifest, isOfRevision, type Manifest, type ManifestFile } from './manifest.ts'
import type { RepositoryPaths } from './repository-paths.ts'
import { type FileSelection, selectFiles } from './select-files.ts'

export type PullPlan = { manifest: Manifest; wanted: ManifestFile[]; missing: ManifestFile[] }

type Request = FileSelection & { verify?: boolean | undefined; signal: AbortSignal }

/** Which files are asked for, and which of them are not on the disk. */
export async function planPull(
  paths: RepositoryPaths,
  manifest: Manifest,
  { verify, signal, ...selection }: Request,
): Promise<PullPlan> {
  const wanted = selectFiles(manifest, selection)
  const missing: ManifestFile[] = []
  for (const file of wanted) {
    if (!(await isThere(file))) missing.push(file)
  }
  return { manifest, wanted, missing }

  async function isThere(file: ManifestFile): Promise<boolean> {
    if (file.pulledAt === null) return false
    const path = paths.fileOf(file)
    return verify ? await matchesHash(path, file, { signal }) : await hasSize(path, file)
  }
}

type Known = { revision: string; refresh?: boolean | undefined }

/** What was pulled of this revision before. A manifest that cannot be read is as good as none. */
export async function findKnown(
  paths: RepositoryPaths,
  { revision, refresh }: Known,
): Promise<Manifest | undefined> {
  if (refresh) return undefined
  const manifest = await findManifest(paths.manifest).catch(() => undefined)
  return manifest && isOfRevision(manifest, revision) ? manifest : undefined
}
