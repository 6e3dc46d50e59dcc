import { Image, ImageId } from '@descry/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { type BlobRecord, openVerified } from '../../blobs/read-verified.ts'
import { findImage } from '../../db/images.ts'
import type { Deps } from '../../deps.ts'
import { notFound } from '../../errors.ts'
import { describeImage } from '../../images/describe-image.ts'
import { imageBlobs, THUMBNAIL_MEDIA_TYPE } from '../../images/image-blobs.ts'
import { damagedImage } from '../../images/load-image.ts'
import { organizationOf } from '../organization-of.ts'

const params = z.object({ id: ImageId })
const picture = {
  200: { description: 'The picture', content: { 'image/*': { schema: z.unknown() } } },
  304: { description: 'You have it already', content: { 'image/*': { schema: z.unknown() } } },
}

export const imageRoutes =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/images/:id',
      {
        schema: {
          operationId: 'getImage',
          tags: ['Images'],
          summary: 'Size and addresses of an image',
          params,
          response: { 200: Image },
        },
      },
      async (request) => describeImage(deps, await getImage(request, request.params.id)),
    )

    app.get(
      '/images/:id/file',
      {
        schema: {
          operationId: 'getImageFile',
          tags: ['Images'],
          summary: 'The image itself: upright, opaque, sRGB, without metadata',
          response: picture,
          params,
        },
      },
      async (request, reply) => {
        const { id } = request.params
        if (isKnown(request, reply, `"${id}"`)) return reply.code(304).send()
        const row = await getImage(request, id)
        return sendBlob(reply, imageBlobs(row).file, { id, mediaType: row.media_type })
      },
    )

    app.get(
      '/images/:id/thumbnail',
      {
        schema: {
          operationId: 'getImageThumbnail',
          tags: ['Images'],
          summary: 'The image with its longest side at most 300 pixels',
          response: picture,
          params,
        },
      },
      async (request, reply) => {
        const { id } = request.params
        if (isKnown(request, reply, `"${id}-thumbnail"`)) return reply.code(304).send()
        const { thumbnail } = imageBlobs(await getImage(request, id))
        return sendBlob(reply, thumbnail, { id, mediaType: THUMBNAIL_MEDIA_TYPE })
      },
    )

    async function getImage(request: FastifyRequest, id: string) {
      const row = await findImage(deps.db, { organizationId: organizationOf(request), id })
      if (!row) throw notFound('image', id)
      return row
    }

    async function sendBlob(
      reply: FastifyReply,
      record: BlobRecord,
      { id, mediaType }: { id: string; mediaType: string },
    ) {
      const url = await deps.blobs.signedUrl(record.key)
      if (url) return reply.header('cache-control', 'no-store').redirect(url)
      const stream = await openVerified(deps.blobs, record)
      if (!stream) throw damagedImage(id)
      return reply.type(mediaType).header('content-length', record.bytes).send(stream)
    }
  }

/** What an id names never changes, so a cache may keep it for ever. */
function isKnown(request: FastifyRequest, reply: FastifyReply, etag: string): boolean {
  reply.header('etag', etag).header('cache-control', 'public, max-age=31536000, immutable')
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim())
  return known?.includes(etag) ?? false
}
