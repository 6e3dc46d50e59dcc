import type { Caption } from '@descry/contract'

export type TimelineRow =
  | { kind: 'day'; key: string; label: string }
  | { kind: 'captions'; key: string; captions: Caption[] }

/** Arranges captions (newest first) in rows: a heading for each day, then its captions, `columns` a row. */
export function toTimeline(
  captions: readonly Caption[],
  columns: number,
  now = new Date(),
): TimelineRow[] {
  const rows: TimelineRow[] = []
  let day = ''
  for (const caption of captions) {
    const date = new Date(caption.createdAt)
    const last = rows.at(-1)
    if (date.toDateString() !== day) {
      day = date.toDateString()
      rows.push({ kind: 'day', key: day, label: dayLabel(date, now) })
      rows.push({ kind: 'captions', key: caption.id, captions: [caption] })
    } else if (last?.kind === 'captions' && last.captions.length < columns) {
      last.captions.push(caption)
    } else {
      rows.push({ kind: 'captions', key: caption.id, captions: [caption] })
    }
  }
  return rows
}

function dayLabel(date: Date, now: Date): string {
  const yesterday = new Date(now)
  yesterday.setDate(now.getDate() - 1)
  if (date.toDateString() === now.toDateString()) return 'Today'
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday'
  return new Intl.DateTimeFormat(undefined, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(date.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  }).format(date)
}
