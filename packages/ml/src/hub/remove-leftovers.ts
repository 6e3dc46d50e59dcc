import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Manifest } from './manifest.ts'
import type { RepositoryPaths } from './repository-paths.ts'

/** Removes the files of the commit before that are no longer counted, and parts that nothing will end. */
export async function removeLeftovers(
  paths: RepositoryPaths,
  { before, manifest }: { before: Manifest | undefined; manifest: Manifest },
): Promise<void> {
  const pulled = ({ files }: Manifest) => files.filter(({ pulledAt }) => pulledAt !== null)
  const kept = new Set(pulled(manifest).map(({ path }) => path))
  for (const file of before ? pulled(before) : []) {
    if (!kept.has(file.path)) await rm(paths.fileOf(file), { force: true })
  }
  const parts = new Set(manifest.files.map(paths.partOf))
  for (const name of await readdir(paths.parts).catch(() => [])) {
    const part = join(paths.parts, name)
    if (!parts.has(part)) await rm(part, { force: true })
  }
  await rmdir(paths.parts).catch(() => {}) // not empty, or not there
}
