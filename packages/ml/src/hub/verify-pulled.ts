import { stat } from 'node:fs/promises'
import { getPulled } from './find-pulled.ts'
import { matchesHash } from './hash-file.ts'
import type { HubSettings } from './hub-settings.ts'
import { repositoryPaths } from './repository-paths.ts'
import { type FileProgress, trackProgress } from './track-progress.ts'

export type VerifiedFile = { path: string; state: 'ok' | 'missing' | 'damaged' }

type Options = {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: FileProgress) => void) | undefined
}

/** Hashes every file that was pulled. Changes nothing: `pullFiles` with `verify` repairs. */
export async function verifyPulled(
  settings: Pick<HubSettings, 'folder'>,
  repository: string,
  { signal = new AbortController().signal, onProgress }: Options = {},
): Promise<VerifiedFile[]> {
  const pulled = await getPulled(settings, repository)
  const paths = repositoryPaths(settings, repository)
  const progress = trackProgress({ wanted: pulled.files, there: [] }, onProgress)
  const verified: VerifiedFile[] = []
  for (const file of pulled.files) {
    const path = paths.fileOf(file)
    const onSize = (size: number) => progress.at(file, size)
    const isThere = await stat(path).catch(() => undefined)
    const isOk = isThere && (await matchesHash(path, file, { signal, onSize }))
    verified.push({ path: file.path, state: isOk ? 'ok' : isThere ? 'damaged' : 'missing' })
    progress.finish(file)
  }
  return verified
}
