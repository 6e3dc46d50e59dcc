import type { SentImage } from '@descry/contract'
import { changeCaptioningRules, getCaptioningRules } from '../../captioners/captioning-rules.ts'
import {
  listConfigured,
  removeConfigured,
  saveConfigured,
} from '../../captioners/configured-captioners.ts'
import { listCaptioners } from '../../captioners/list-captioners.ts'
import { tryCaptioner } from '../../captioners/try-captioner.ts'
import { estimateCaptions } from '../../captions/estimate-captions.ts'
import { listSentImages } from '../../db/sent-images.ts'
import type { SentImageRow } from '../../db/tables.ts'
import { AppError } from '../../errors.ts'
import { route } from '../route.ts'
import { toPage } from '../to-page.ts'

export const captionerRoutes = [
  route('listCaptioners', async ({ deps, caller }) => ({
    items: await listCaptioners(caller, deps),
  })),

  route('listConfiguredCaptioners', async ({ deps, caller }) => ({
    items: await listConfigured(caller, deps),
  })),

  route('saveCaptioner', async ({ deps, caller, params, body }) => {
    if (body.settings.name !== params.name) {
      throw new AppError('invalid-input', 'The name in the address is not that in the settings.')
    }
    return saveConfigured(caller, deps, body)
  }),

  route('removeCaptioner', async ({ deps, caller, params }) => {
    await removeConfigured(caller, deps, params.name)
    return {}
  }),

  route('testCaptioner', async ({ deps, caller, body, signal }) =>
    tryCaptioner(caller, deps, body, signal),
  ),

  route('getCaptioningRules', async ({ deps, caller }) => getCaptioningRules(caller, deps)),

  route('saveCaptioningRules', async ({ deps, caller, body }) =>
    changeCaptioningRules(caller, deps, body),
  ),

  route('listSentImages', async ({ deps, caller, query }) => {
    const rows = await listSentImages(deps.db, caller.organizationId, query)
    return toPage(rows, query.limit, toSentImage)
  }),

  route('estimateCaptions', async ({ deps, caller, body }) => estimateCaptions(caller, deps, body)),
]

const toSentImage = ({ id, image_id, captioner, host, sent_at }: SentImageRow): SentImage => ({
  id,
  imageId: image_id,
  captioner,
  host,
  sentAt: sent_at.toISOString(),
})
