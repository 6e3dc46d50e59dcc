import type { Caption } from '@descry/contract'
import { v7 as uuidv7 } from 'uuid'
import { findCaption, insertCaption, lockCaptionAddress } from '../db/captions.ts'
import type { Tx } from '../db/client.ts'
import type { CaptionRow } from '../db/tables.ts'
import type { Draft } from './caption-image.ts'
import { toCaption } from './to-caption.ts'

export type StoredCaption = Caption & { reused: boolean }

type Origin = { organizationId: string; imageId: string; jobId: string | null }

/** Stores what is new. Of two that made the same caption at once, the second uses the first's. */
export async function storeDrafts(
  tx: Tx,
  origin: Origin,
  drafts: readonly Draft[],
): Promise<StoredCaption[]> {
  await lockAddresses(tx, origin, drafts)
  const stored: StoredCaption[] = []
  for (const draft of drafts) {
    const { row, reused } =
      draft.kind === 'existing'
        ? { row: draft.row, reused: true }
        : await storeNew(tx, origin, draft)
    stored.push({ ...toCaption(row), reused })
  }
  return stored
}

/** All before the first write and always in the same order, so that no two wait for each other. */
async function lockAddresses(tx: Tx, origin: Origin, drafts: readonly Draft[]): Promise<void> {
  const recipes = drafts.flatMap((draft) => (draft.kind === 'new' ? draft.recipe : []))
  for (const recipe of recipes.sort()) await lockCaptionAddress(tx, { ...origin, recipe })
}

async function storeNew(
  tx: Tx,
  { organizationId, imageId, jobId }: Origin,
  { style, captioner, recipe, made, fresh }: Extract<Draft, { kind: 'new' }>,
): Promise<{ row: CaptionRow; reused: boolean }> {
  const address = { organizationId, imageId, recipe }
  const before = await findCaption(tx, address)
  if (before && !fresh) return { row: before, reused: true }

  const { output, prompt, sampling, trace } = made
  const row = await insertCaption(tx, {
    organization_id: organizationId,
    id: uuidv7(),
    image_id: imageId,
    job_id: jobId,
    text: output.text,
    style,
    captioner: captioner.name,
    model_version: captioner.modelVersion,
    recipe,
    settings: JSON.stringify({ prompt, sampling }),
    confidence: output.confidence ?? null,
    labels: JSON.stringify(output.labels ?? []),
    ms: output.ms,
    usage: output.usage ? JSON.stringify(output.usage) : null,
    trace: trace && JSON.stringify(trace),
    supersedes: before?.id ?? null,
  })
  return { row, reused: false }
}
