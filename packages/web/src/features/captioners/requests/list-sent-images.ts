import type { Client } from '@descry/contract'
import { pagedQuery } from '../../../lib/server/paged-query.ts'

/** The images that were sent to captioners on other machines, newest first. */
export const sentImagesQuery = (client: Client) =>
  pagedQuery({
    queryKey: ['sent-images'],
    limit: 50,
    load: (request, options) => client.listSentImages(request, options),
  })
