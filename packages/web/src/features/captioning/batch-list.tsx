import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { countItems, isSettled, itemStatus } from './batch-item.ts'
import { BatchProgress } from './batch-progress.tsx'
import { BatchRow } from './batch-row.tsx'
import { useCaptioning } from './captioning-context.ts'
import { useAnnounceProgress } from './use-announce-progress.ts'
import { useBatchRate } from './use-batch-rate.ts'

const ROW_HEIGHT = 105

/** Many images as a list that fills in live. Only the rows in view exist. */
export function BatchList({ onOpen }: { onOpen: (imageId: string) => void }) {
  const { batch } = useCaptioning()
  const state = useStore(batch.state)
  const counts = countItems(state.items)
  const rate = useBatchRate(state, counts.total - counts.settled)
  useAnnounceProgress(counts)

  const listRef = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useEffect(() => setScrollMargin(listRef.current?.offsetTop ?? 0), [])
  const rows = useWindowVirtualizer({
    count: state.items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin,
    getItemKey: (index) => state.items[index]?.key ?? index,
  })

  const retryAll = () => {
    for (const item of state.items) {
      if (isSettled(item) && itemStatus(item) !== 'done') batch.retry(item.key)
    }
  }
  return (
    <div className="flex flex-col gap-4">
      <BatchProgress
        counts={counts}
        rate={rate}
        onStop={batch.stop}
        onRetry={retryAll}
        onClear={batch.clear}
      />
      <div ref={listRef} role="list" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const item = state.items[index]
          return (
            item && (
              <div
                key={key}
                role="listitem"
                data-index={index}
                ref={rows.measureElement}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start - scrollMargin}px)` }}
              >
                <BatchRow item={item} onOpen={onOpen} onRetry={() => batch.retry(item.key)} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}
