import { ChosenOptions, ImageId, MissingStyle } from '@descry/contract'
import { z } from 'zod'
import { loadImage } from '../images/load-image.ts'
import { defineJob } from '../jobs/define-job.ts'
import { captionImage } from './caption-image.ts'
import { storeDrafts } from './store-drafts.ts'
import { describeTraces, newCaptionEvents } from './to-caption.ts'

/** The captions of one image, one for each style. */
export const captionJob = defineJob({
  kind: 'caption',
  input: z.object({ imageId: ImageId, options: ChosenOptions }),
  result: z.object({
    captionIds: z.array(z.uuid()),
    /** Those of them that nothing was asked for. */
    reusedIds: z.array(z.uuid()).default([]),
    missing: z.array(MissingStyle).default([]),
  }),
  concurrency: ({ worker }) => worker.concurrency,
  // Four styles, each with the longest deadline that a chain may have, and some time for the rest.
  timeoutSeconds: 4 * 3600 + 600,

  async run({ id: jobId, caller, input: { imageId, options }, deps, signal, progress }) {
    const image = await loadImage(caller, deps, imageId)
    const request = { image, options, jobId }
    const { drafts, missing } = await captionImage(caller, deps, request, {
      signal,
      onDraft: progress,
    })

    const origin = { organizationId: caller.organizationId, imageId, jobId }
    return async (tx) => {
      const captions = await storeDrafts(tx, origin, drafts)
      return {
        result: {
          captionIds: captions.map(({ id }) => id),
          reusedIds: captions.filter(({ reused }) => reused).map(({ id }) => id),
          missing,
        },
        events: newCaptionEvents(captions),
        log: { captions: describeTraces(captions), ...(missing.length > 0 && { missing }) },
      }
    }
  },
})
