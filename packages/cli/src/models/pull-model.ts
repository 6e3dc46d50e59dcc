import type { HubSettings } from '@descry/ml'
import { pullVlm, type VlmPullStart } from '@descry/ml/vlm'
import type { Io } from '../command.ts'
import { writeResult } from '../write-result.ts'
import { startDownloadProgress } from './download-progress.ts'
import { toMb } from './models-table.ts'
import type { PullOptions } from './read-models-options.ts'

/** Talk goes to stderr; the result is a line `NAME VERSION FOLDER`. */
export async function pullModel(
  hub: HubSettings,
  { repository, revision, dtype, update }: PullOptions,
  { stdout, stderr, signal }: Io & { signal: AbortSignal },
): Promise<number> {
  const progress = startDownloadProgress(stderr)
  const pull = { repository, revision, dtype, update, signal, onProgress: progress.show }
  const onStart = (start: VlmPullStart) => stderr.write(notice({ repository, hub, start }))
  const vlm = await pullVlm(hub, { ...pull, onStart }).finally(progress.clear)
  stderr.write('It is used by captioners of the kind local-vlm with this name as their model.\n')
  await writeResult(stdout, `${vlm.repository} ${vlm.version} ${vlm.folder}\n`)
  return 0
}

type Notice = { repository: string; hub: HubSettings; start: VlmPullStart }

function notice({ repository, hub, start: { licence, commit, bytes } }: Notice): string {
  const page = `${hub.endpoint}/${repository}`
  const terms = licence
    ? `Licence: ${licence}. By using the model you agree to it; read it at ${page}`
    : `It names no licence. Ask those who made it what you may do with it: ${page}`
  const work = bytes === 0 ? 'Everything is here; checking it.' : `${toMb(bytes)} MB to download.`
  return `${repository} at commit ${commit.slice(0, 12)}\n${terms}\n${work}\n`
}
