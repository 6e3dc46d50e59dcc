import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { HistoryEntry } from './history-entry.tsx'
import type { TimelineRow } from './to-timeline.ts'

type Props = { rows: readonly TimelineRow[]; columns: number; onEnd: () => void }

const DAY_HEIGHT = 52
const ENTRY_HEIGHT = 122
const PREFETCH_ROWS = 8

/** Draws the rows in view, and asks for more before the end is reached. */
export function Timeline({ rows, columns, onEnd }: Props) {
  const ref = useRef<HTMLDivElement>(null)
  const [scrollMargin, setScrollMargin] = useState(0)
  useEffect(() => setScrollMargin(ref.current?.offsetTop ?? 0), [])

  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (rows[index]?.kind === 'day' ? DAY_HEIGHT : ENTRY_HEIGHT),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 4,
    scrollMargin,
  })
  const items = virtual.getVirtualItems()
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - PREFETCH_ROWS
  useEffect(() => {
    if (isNearEnd) onEnd()
  }, [isNearEnd, onEnd])

  return (
    <div ref={ref} className="relative -mx-2" style={{ height: virtual.getTotalSize() }}>
      {items.map(({ key, index, start }) => {
        const row = rows[index]
        return (
          row && (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start - scrollMargin}px)` }}
            >
              {row.kind === 'day' ? (
                <h2 className="px-2 pt-5 pb-2 text-large font-medium">{row.label}</h2>
              ) : (
                <div
                  className="grid gap-x-4"
                  style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
                >
                  {row.captions.map((caption) => (
                    <HistoryEntry key={caption.id} caption={caption} />
                  ))}
                </div>
              )}
            </div>
          )
        )
      })}
    </div>
  )
}
