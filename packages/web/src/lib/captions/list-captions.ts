import { Caption, type Client, page } from '@descry/contract'
import { infiniteQueryOptions } from '@tanstack/react-query'

const PAGE_SIZE = 60

export const searchesKey = ['captions', 'search'] as const
export const historyKey = (search: string | undefined) =>
  search ? ([...searchesKey, search] as const) : (['captions', 'history'] as const)
export const imageCaptionsKey = (imageId: string) => ['captions', 'image', imageId] as const

/** All captions, newest first, or those that contain some words. */
export const historyQuery = (client: Client, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: historyKey(search),
    queryFn: ({ pageParam, signal }) =>
      listWhole(
        client,
        {
          ...(search !== undefined && { search }),
          ...(pageParam !== undefined && { cursor: pageParam }),
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

/** The captions of one image, newest first. */
export const imageCaptionsQuery = (client: Client, imageId: string) =>
  infiniteQueryOptions({
    queryKey: imageCaptionsKey(imageId),
    queryFn: ({ pageParam, signal }) =>
      listWhole(client, { imageId, ...(pageParam !== undefined && { cursor: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
  })

type Query = Parameters<Client['listCaptions']>[0]
const WholeCaptions = page(Caption)

/** Without `fields` in the query every caption is whole. */
const listWhole = async (client: Client, query: Query, signal: AbortSignal) =>
  WholeCaptions.parse(await client.listCaptions({ limit: PAGE_SIZE, ...query }, { signal }))
