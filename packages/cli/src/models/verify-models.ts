import type { HubSettings } from '@descry/ml'
import { listVlms, type PulledEntry, verifyPulled } from '@descry/ml/vlm'
import type { Io } from '../command.ts'
import { writeResult } from '../write-result.ts'
import { startDownloadProgress } from './download-progress.ts'

type Verifying = Io & { signal: AbortSignal }

/** A line for each model, one for each file that is wrong; 1 if there is any. */
export async function verifyModels(
  hub: HubSettings,
  { repository }: { repository: string | undefined },
  io: Verifying,
): Promise<number> {
  const all = await listVlms(hub)
  const chosen = all.filter((entry) => repository === undefined || entry.repository === repository)
  if (chosen.length === 0) {
    io.stderr.write(`Nothing${repository ? ` of ${repository}` : ''} is in ${hub.folder}.\n`)
    return repository === undefined ? 0 : 1
  }
  let failed = false
  for (const entry of chosen) {
    if (!(await verifyModel(hub, entry, io))) failed = true
  }
  return failed ? 1 : 0
}

async function verifyModel(
  hub: HubSettings,
  { repository, kind }: PulledEntry,
  { stdout, stderr, signal }: Verifying,
): Promise<boolean> {
  const progress = startDownloadProgress(stderr)
  const options = { signal, onProgress: progress.show }
  const files = await verifyPulled(hub, repository, options).finally(progress.clear)
  const wrong = files
    .filter(({ state }) => state !== 'ok')
    .map(({ path, state }) => `bad ${repository} ${path} ${state}`)
  if (kind === 'part') wrong.push(`bad ${repository} is not all here`)
  const lines = wrong.length > 0 ? wrong : [`ok  ${repository} ${files.length} files`]
  await writeResult(stdout, `${lines.join('\n')}\n`)
  if (wrong.length > 0) stderr.write(`${wayOut(repository, kind)}\n`)
  return wrong.length === 0
}

const wayOut = (repository: string, kind: PulledEntry['kind']) =>
  kind === 'other'
    ? `Remove it, and it is downloaded again when it is needed: npx descry models remove ${repository}`
    : `Mend it: npx descry models pull ${repository}`
