import { z } from 'zod'
import { endpoints } from '../endpoint.ts'
import { ImageId } from '../identifier.ts'
import { Image } from '../image.ts'

const params = z.object({ id: ImageId })

export const imageEndpoints = endpoints({
  getImage: {
    method: 'GET',
    path: '/api/images/:id',
    tag: 'Images',
    summary: 'Read the size and the addresses of an image',
    permission: 'captions:read',
    params,
    response: Image,
    errors: ['not-found'],
  },
  getImageFile: {
    method: 'GET',
    path: '/api/images/:id/file',
    tag: 'Images',
    summary: 'Read the stored image: upright, opaque, sRGB, without metadata',
    permission: 'captions:read',
    params,
    response: 'picture',
    errors: ['not-found', 'damaged-image'],
  },
  getImageThumbnail: {
    method: 'GET',
    path: '/api/images/:id/thumbnail',
    tag: 'Images',
    summary: 'Read a thumbnail, whose longest side is at most 300 pixels',
    permission: 'captions:read',
    params,
    response: 'picture',
    errors: ['not-found', 'damaged-image'],
  },
})
