import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { downloadPart } from './download-part.ts'
import { matchesHash } from './hash-file.ts'
import { HubError } from './hub-error.ts'
import type { HubFile } from './hub-file.ts'
import type { HubSettings } from './hub-settings.ts'
import type { RepositoryPaths } from './repository-paths.ts'

type Bringing = {
  repository: string
  commit: string
  file: HubFile
  signal: AbortSignal
  onSize(size: number): void
}

/** Puts one file in its place, whole and verified. What is there and is right is left as it is. */
export async function downloadFile(
  settings: HubSettings,
  paths: RepositoryPaths,
  { file, signal, ...request }: Bringing,
): Promise<void> {
  const target = paths.fileOf(file)
  if (await matchesHash(target, file, { signal })) return
  const part = paths.partOf(file)
  await mkdir(paths.parts, { recursive: true })
  try {
    await downloadPart(settings, { ...request, file, part, signal })
    if (!(await matchesHash(part, file, { signal }))) throw wrongBytes(file)
  } catch (error) {
    if (error instanceof HubError && error.code === 'damaged') await rm(part, { force: true })
    throw error
  }
  signal.throwIfAborted()
  await mkdir(dirname(target), { recursive: true })
  await rename(part, target)
}

const wrongBytes = ({ path }: HubFile): HubError =>
  new HubError(
    'damaged',
    `${path} arrived with other bytes than the repository has and was deleted. Pull again; if ` +
      'that does not help, a proxy between here and the hub changes it.',
  )
