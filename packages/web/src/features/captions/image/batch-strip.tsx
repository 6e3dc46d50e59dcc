import { useStore } from '../../../lib/store.ts'
import { useCaptionSession } from '../caption-session.ts'
import { Filmstrip } from './filmstrip.tsx'

// A strip is for the neighbours; the list is for all of them.
const SHOWN = 200

/** The images of the list in hand, while one of them is open. */
export function BatchStrip() {
  const { batch } = useCaptionSession()
  const { items } = useStore(batch.state)
  const imageIds = [...new Set(items.flatMap(({ job }) => job?.imageId ?? []))].slice(0, SHOWN)
  return <Filmstrip label="This list" imageIds={imageIds} />
}
