import {
  Caption,
  CaptionOptions,
  CaptionQuery,
  CaptionRequest,
  CaptionResponse,
} from '../caption.ts'
import { endpoints } from '../endpoint.ts'
import { captioningErrors, imageErrors } from '../error.ts'
import { page } from '../page.ts'

export const captionEndpoints = endpoints({
  createCaptions: {
    method: 'POST',
    path: '/api/captions',
    tag: 'Captions',
    summary: 'Caption an image and wait for the answer',
    permission: 'captions:write',
    upload: { form: CaptionOptions, json: CaptionRequest },
    response: CaptionResponse,
    errors: [...imageErrors, ...captioningErrors, 'client-closed'],
    example: { body: { url: 'https://example.com/photo.jpg', styles: ['concise'] } },
  },
  listCaptions: {
    method: 'GET',
    path: '/api/captions',
    tag: 'Captions',
    summary: 'List captions, newest first',
    permission: 'captions:read',
    query: CaptionQuery,
    response: page(Caption.partial()),
    errors: [],
    example: { query: { limit: 5, search: 'dog' } },
  },
})
