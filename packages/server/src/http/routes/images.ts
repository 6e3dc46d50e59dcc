import type { FastifyReply, FastifyRequest } from 'fastify'
import { type BlobRecord, openVerified } from '../../blobs/read-verified.ts'
import type { Deps } from '../../deps.ts'
import { imageBlobs, THUMBNAIL_MEDIA_TYPE } from '../../images/image-blobs.ts'
import { damagedImage, describeImage, getImage } from '../../images/load-image.ts'
import { route } from '../route.ts'

export const imageRoutes = [
  route('getImage', async ({ deps, caller, params }) =>
    describeImage(deps, await getImage(caller, deps, params.id)),
  ),

  route('getImageFile', async ({ deps, caller, params: { id }, request, reply }) => {
    const row = await getImage(caller, deps, id)
    if (isKnown(request, reply, `"${id}"`)) return reply.code(304).send()
    return sendBlob(deps, reply, { record: imageBlobs(row).file, id, mediaType: row.media_type })
  }),

  route('getImageThumbnail', async ({ deps, caller, params: { id }, request, reply }) => {
    const { thumbnail } = imageBlobs(await getImage(caller, deps, id))
    if (isKnown(request, reply, `"${id}-thumbnail"`)) return reply.code(304).send()
    return sendBlob(deps, reply, { record: thumbnail, id, mediaType: THUMBNAIL_MEDIA_TYPE })
  }),
]

async function sendBlob(
  { blobs }: Pick<Deps, 'blobs'>,
  reply: FastifyReply,
  { record, id, mediaType }: { record: BlobRecord; id: string; mediaType: string },
): Promise<FastifyReply> {
  const url = await blobs.signedUrl(record.key)
  if (url) return reply.header('cache-control', 'no-store').redirect(url, 302)
  const stream = await openVerified(blobs, record)
  if (!stream) throw damagedImage(id)
  return reply.type(mediaType).header('content-length', record.bytes).send(stream)
}

/** What an id names never changes, so the browser of who may see it keeps it for ever; nobody between does. */
function isKnown(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable')
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim())
  return known?.includes(etag) ?? false
}
