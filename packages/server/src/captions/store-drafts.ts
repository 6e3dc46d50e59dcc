import { v7 as uuidv7 } from 'uuid'
import {
  type CaptionAddress,
  getCaption,
  insertCaption,
  insertCurrentCaption,
  lockCurrentCaption,
  updateCurrentCaption,
} from '../db/captions.ts'
import type { Tx } from '../db/client.ts'
import type { CaptionRow } from '../db/tables.ts'
import type { Draft } from './caption-image.ts'
import { type StoredCaption, toCaption } from './to-caption.ts'

type Origin = { organizationId: string; imageId: string; jobId: string | null }
type NewDraft = Extract<Draft, { kind: 'new' }>

/** The id of a draft's caption, and of the one that is current already. */
type Claim = { id: string; before?: string }

/** Stores what is new. Of two that made the same caption at once, the second uses the first's. */
export async function storeDrafts(
  tx: Tx,
  origin: Origin,
  drafts: readonly Draft[],
): Promise<StoredCaption[]> {
  const claims = await claimAddresses(tx, origin, drafts)
  const stored: StoredCaption[] = []
  for (const draft of drafts) {
    const { row, isNew } =
      draft.kind === 'existing'
        ? { row: draft.row, isNew: false }
        : await storeNew(tx, origin, { draft, claim: claims.get(draft) as Claim })
    // Whoever asked for it did not reuse it, also where another one stored the same first.
    const reused = draft.kind === 'existing' || draft.joined
    stored.push({ ...toCaption(row), reused, isNew })
  }
  return stored
}

/** All before the first caption and always in the same order, so that no two wait for each other. */
async function claimAddresses(
  tx: Tx,
  origin: Origin,
  drafts: readonly Draft[],
): Promise<ReadonlyMap<NewDraft, Claim>> {
  const added = drafts.flatMap((draft) => (draft.kind === 'new' ? { draft, id: uuidv7() } : []))
  added.sort((a, b) => (a.draft.recipe < b.draft.recipe ? -1 : 1))
  const claims = new Map<NewDraft, Claim>()
  for (const { draft, id } of added) {
    const { recipe, fresh } = draft
    claims.set(draft, await claimAddress(tx, { ...origin, recipe }, { id, fresh }))
  }
  return claims
}

async function claimAddress(
  tx: Tx,
  address: CaptionAddress,
  { id, fresh }: { id: string; fresh: boolean },
): Promise<Claim> {
  if (await insertCurrentCaption(tx, address, id)) return { id }
  const before = await lockCurrentCaption(tx, address)
  if (fresh) await updateCurrentCaption(tx, address, id)
  return { id, before }
}

async function storeNew(
  tx: Tx,
  { organizationId, imageId, jobId }: Origin,
  { draft, claim: { id, before } }: { draft: NewDraft; claim: Claim },
): Promise<{ row: CaptionRow; isNew: boolean }> {
  const { style, captioner, recipe, made, fresh } = draft
  if (before !== undefined && !fresh) {
    return { row: await getCaption(tx, organizationId, before), isNew: false }
  }
  const { output, prompt, sampling, trace } = made
  const row = await insertCaption(tx, {
    organization_id: organizationId,
    id,
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
    supersedes: before ?? null,
  })
  return { row, isNew: true }
}
