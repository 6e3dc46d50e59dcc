import type { HubSettings } from '@descry/ml'
import { listVlms } from '@descry/ml/vlm'
import type { Io } from '../command.ts'
import { writeResult } from '../write-result.ts'
import { modelsTable } from './models-table.ts'
import { toListing } from './to-listing.ts'

export async function listModels(
  hub: HubSettings,
  { json }: { json: boolean },
  { stdout }: Io,
): Promise<number> {
  const models = toListing(await listVlms(hub))
  const { folder } = hub
  const text = json ? JSON.stringify({ folder, models }) : modelsTable(models, folder)
  await writeResult(stdout, `${text}\n`)
  return 0
}
