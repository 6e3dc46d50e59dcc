import type { HubSettings } from '@descry/ml'
import { removePulled } from '@descry/ml/vlm'
import type { Io } from '../command.ts'
import { writeResult } from '../write-result.ts'

export async function removeModel(
  hub: HubSettings,
  { repository }: { repository: string },
  { stdout, signal }: Io & { signal: AbortSignal },
): Promise<number> {
  await removePulled(hub, repository, { signal })
  await writeResult(stdout, `Removed ${repository}\n`)
  return 0
}
