import { useInfiniteQuery } from '@tanstack/react-query'
import { historyQuery } from '../../../lib/captions/list-captions.ts'
import { useServices } from '../../../lib/services.ts'
import { Filmstrip } from './filmstrip.tsx'

const SHOWN = 40

/** The images captioned last, whoever asked. */
export function RecentStrip() {
  const { client } = useServices()
  const { data } = useInfiniteQuery(historyQuery(client, undefined))
  const captions = data?.pages[0]?.items ?? []
  const imageIds = [...new Set(captions.map(({ imageId }) => imageId))].slice(0, SHOWN)
  return <Filmstrip label="Recent" imageIds={imageIds} />
}
