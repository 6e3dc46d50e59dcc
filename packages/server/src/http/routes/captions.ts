import type { Caption } from '@descry/contract'
import { requestCaption } from '../../captions/request-caption.ts'
import { describeTraces, toCaption } from '../../captions/to-caption.ts'
import { listCaptions } from '../../db/captions.ts'
import { storeImage } from '../../images/store-image.ts'
import { ownKeyOf } from '../read-image-request.ts'
import { route } from '../route.ts'
import { toPage } from '../to-page.ts'

export const captionRoutes = [
  route('createCaptions', async ({ deps, caller, readImage, request, signal }) => {
    const { options, ...file } = await readImage()
    const image = await storeImage(caller, deps, file)
    const captionRequest = { image, options, apiKey: ownKeyOf(request) }
    const answer = await requestCaption(caller, deps, captionRequest, signal)
    request.log.info({ captions: describeTraces(answer.captions) }, 'captioned')
    return answer
  }),

  route('listCaptions', async ({ deps, caller, query: { fields, ...query } }) => {
    const rows = await listCaptions(deps.db, caller.organizationId, query)
    return toPage(rows, query.limit, (row) => pick(toCaption(row), fields))
  }),
]

function pick(caption: Caption, fields: readonly (keyof Caption)[] | undefined): Partial<Caption> {
  if (!fields) return caption
  return Object.fromEntries(fields.map((field) => [field, caption[field]]))
}
