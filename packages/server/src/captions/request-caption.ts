import type { CaptionOptions, CaptionResponse } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { publish } from '../db/events.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { describeImage, type StoredImage } from '../images/load-image.ts'
import { captionImage } from './caption-image.ts'
import { storeDrafts } from './store-drafts.ts'
import { newCaptionEvents } from './to-caption.ts'

type Request = {
  image: StoredImage
  options: CaptionOptions
  apiKey?: string | undefined
}

/** Captions a stored image while the caller waits. */
export async function requestCaption(
  caller: Caller,
  deps: Pick<Deps, 'db' | 'captioners' | 'chain' | 'defaultRules'>,
  { image, options, apiKey }: Request,
  signal: AbortSignal,
): Promise<CaptionResponse> {
  const { drafts, missing } = await captionImage(
    caller,
    deps,
    { image, options, apiKey },
    { signal },
  )
  const origin = { organizationId: caller.organizationId, imageId: image.row.id, jobId: null }
  const stored = await inTransaction(deps.db, async (tx) => {
    const captions = await storeDrafts(tx, origin, drafts)
    await publish(tx, caller, newCaptionEvents(captions))
    return captions
  })
  const captions = stored.map(({ isNew: _, ...caption }) => caption)
  return { image: await describeImage(deps, image.row), captions, missing }
}
