const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const short = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** 14:05 */
export const formatClock = (timestamp: string) => clock.format(new Date(timestamp))

/** The whole date and time, in the reader's own order. */
export const formatMoment = (timestamp: string) => full.format(new Date(timestamp))

/** 14:05 today, "3 Nov, 14:05" before. */
export function formatWhen(timestamp: string, now = new Date()): string {
  const date = new Date(timestamp)
  const time = clock.format(date)
  return date.toDateString() === now.toDateString() ? time : `${short.format(date)}, ${time}`
}
