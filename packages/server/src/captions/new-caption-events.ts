import type { NewEvent } from '../db/events.ts'
import type { StoredCaption } from './store-drafts.ts'

/** What to tell of captions that were stored; those that were there before are no news. */
export const newCaptionEvents = (captions: readonly StoredCaption[]): NewEvent[] =>
  captions
    .filter(({ reused }) => !reused)
    .map(({ id, imageId, jobId, style }) => ({
      type: 'caption',
      data: { id, imageId, jobId, style },
    }))
