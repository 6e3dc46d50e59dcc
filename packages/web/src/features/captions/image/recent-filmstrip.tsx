import { useInfiniteQuery } from '@tanstack/react-query'
import { Filmstrip } from '../../../components/filmstrip.tsx'
import { historyQuery } from '../../../lib/captions/list-captions.ts'
import { useServices } from '../../../lib/services/services.ts'

// A filmstrip is for a quick look around; the history shows everything.
const MAX_RECENT = 40

/** The images captioned last, by whomever. */
export function RecentFilmstrip() {
  const { client } = useServices()
  const { data } = useInfiniteQuery(historyQuery(client, undefined))
  const captions = data?.pages[0]?.items ?? []
  const imageIds = captions.map(({ imageId }) => imageId)
  return <Filmstrip label="Recent" imageIds={[...new Set(imageIds)].slice(0, MAX_RECENT)} />
}
