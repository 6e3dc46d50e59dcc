import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useStore } from '../../../lib/store.ts'
import { useCaptionSession } from '../caption-session.ts'
import { countItems, isSettled, itemStatus } from './batch-item.ts'
import { BatchProgress } from './batch-progress.tsx'
import { useBatchRate } from './batch-rate.ts'
import { BatchRow } from './batch-row.tsx'

const ROW_HEIGHT = 105
// Wide enough for an image and a line of 66 characters.
const COLUMN_WIDTH = 800

type Props = {
  onOpen: (imageId: string) => void
  /** What stands between the progress and the list: the ways to add images. */
  children: ReactNode
}

/** Many images as a list that fills in live. Only the rows in view are rendered. */
export function BatchList({ onOpen, children }: Props) {
  const { batch } = useCaptionSession()
  const state = useStore(batch.state)
  const counts = countItems(state.items)
  const rate = useBatchRate(state.finished, counts.total - counts.settled)

  const listRef = useRef<HTMLUListElement>(null)
  const [{ scrollMargin, lanes }, setLayout] = useState({ scrollMargin: 0, lanes: 1 })
  useEffect(() => {
    const { offsetTop = 0, offsetWidth = 0 } = listRef.current ?? {}
    setLayout({
      scrollMargin: offsetTop,
      lanes: Math.max(1, Math.floor(offsetWidth / COLUMN_WIDTH)),
    })
  }, [])
  const rows = useWindowVirtualizer({
    count: state.items.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin,
    lanes,
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
      <div className="flex flex-wrap">{children}</div>
      <ul
        ref={listRef}
        className={`relative ${lanes > 1 ? '-mr-6' : ''}`}
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ key, index, start, lane }) => {
          const item = state.items[index]
          return (
            item && (
              <li
                key={key}
                data-index={index}
                ref={rows.measureElement}
                className={`absolute top-0 ${lanes > 1 ? 'pr-6' : ''}`}
                style={{
                  left: `${(100 * lane) / lanes}%`,
                  width: `${100 / lanes}%`,
                  transform: `translateY(${start - scrollMargin}px)`,
                }}
              >
                <BatchRow
                  item={item}
                  onOpen={onOpen}
                  onRetry={() => batch.retry(item.key)}
                  onForce={() => batch.retry(item.key, { force: true })}
                />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}
