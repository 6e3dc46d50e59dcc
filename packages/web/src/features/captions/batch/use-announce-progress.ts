import { useEffect, useRef } from 'react'
import { count } from '../../../lib/format.ts'
import { useAnnounce } from '../../../lib/notices.ts'
import type { BatchCounts } from './batch-item.ts'

/** Tells a screen reader every tenth of the way, not every image. */
export function useAnnounceProgress({ total, settled, failed }: BatchCounts): void {
  const announce = useAnnounce()
  const tenth = total > 0 ? Math.floor((10 * settled) / total) : 0
  const last = useRef(0)
  useEffect(() => {
    if (tenth > last.current) {
      announce(`${settled} of ${count(total, 'image')} settled, ${failed} failed.`)
    }
    last.current = tenth
  }, [tenth, settled, total, failed, announce])
}
