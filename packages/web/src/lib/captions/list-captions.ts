import { Caption, type Client, page } from '@descry/contract'
import { pagedQuery } from '../server/paged-query.ts'

const PAGE_SIZE = 60

export const searchesKey = ['captions', 'search'] as const
export const historyKey = (search: string | undefined) =>
  search ? ([...searchesKey, search] as const) : (['captions', 'history'] as const)
export const imageCaptionsKey = (imageId: string) => ['captions', 'image', imageId] as const

/** All captions, newest first, or those that contain some words. */
export const historyQuery = (client: Client, search: string | undefined) =>
  pagedQuery({
    queryKey: historyKey(search),
    limit: PAGE_SIZE,
    load: (request, options) =>
      listCaptions(client, { ...(search !== undefined && { search }), ...request }, options),
  })

/** The captions of one image, newest first. */
export const imageCaptionsQuery = (client: Client, imageId: string) =>
  pagedQuery({
    queryKey: imageCaptionsKey(imageId),
    limit: PAGE_SIZE,
    load: (request, options) => listCaptions(client, { imageId, ...request }, options),
  })

type Arguments = Parameters<Client['listCaptions']>
const CaptionPage = page(Caption)

/** The response type allows for missing fields, but without `fields` in the query none is missing. */
const listCaptions = async (client: Client, query: Arguments[0], options: Arguments[1]) =>
  CaptionPage.parse(await client.listCaptions(query, options))
