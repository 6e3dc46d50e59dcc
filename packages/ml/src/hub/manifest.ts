import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { HubError } from './hub-error.ts'
import { HubFile, isSameFile } from './hub-file.ts'
import type { RepositoryListing } from './list-repository.ts'

/** A file of the repository, and when it was pulled; null while it was not. */
export type ManifestFile = z.infer<typeof ManifestFile>
const ManifestFile = HubFile.extend({ pulledAt: z.iso.datetime().nullable() })

/** `manifest.json`: all files of one commit of a repository, and which of them are on the disk. */
export type Manifest = z.infer<typeof Manifest>
const Manifest = z.object({
  format: z.literal('descry-hub'),
  version: z.literal(1),
  repository: z.string(),
  revision: z.string(),
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  licence: z.string().nullable(),
  gated: z.boolean(),
  files: z.array(ManifestFile),
})

/** Undefined where there is none. */
export async function findManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new HubError('damaged', `${path} cannot be read (${cause.code}).`, { cause })
  })
  if (text === undefined) return undefined
  try {
    return Manifest.parse(JSON.parse(text))
  } catch (cause) {
    const message = `${path} is damaged, or of another version. Pull the repository again: files that are whole stay.`
    throw new HubError('damaged', message, { cause })
  }
}

/** Written whole or not at all. */
export async function writeManifest(path: string, manifest: Manifest): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`
  try {
    await using file = await open(draft, 'wx')
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await file.sync()
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await rename(draft, path)
}

/** The manifest of a listing. What was pulled before and is the same file still counts. */
export function createManifest(
  about: { repository: string; revision: string },
  { files, ...listing }: RepositoryListing,
  before: Manifest | undefined,
): Manifest {
  const old = new Map(before?.files.map((file) => [file.path, file]))
  const dated = files.map((file) => {
    const known = old.get(file.path)
    return { ...file, pulledAt: known && isSameFile(known, file) ? known.pulledAt : null }
  })
  return { format: 'descry-hub', version: 1, ...about, ...listing, files: dated }
}

export const isOfRevision = (manifest: Manifest, revision: string): boolean =>
  manifest.revision === revision || manifest.commit === revision
