const number = new Intl.NumberFormat()

/** 1,200 */
export const formatNumber = (value: number) => number.format(value)

/** "1 image", "1,200 images". */
export const count = (amount: number, one: string, many = `${one}s`) =>
  `${number.format(amount)} ${amount === 1 ? one : many}`

/** $12, $1.25, $0.0012, "< $0.0001": as many digits as a price needs. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return '<\u00a0$0.0001'
  if (dollars < 0.01) return smallPrice.format(dollars)
  return (dollars % 1 === 0 ? wholePrice : price).format(dollars)
}

const createPriceFormat = (options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', ...options })
const smallPrice = createPriceFormat({ minimumFractionDigits: 0, maximumFractionDigits: 4 })
const price = createPriceFormat({ minimumFractionDigits: 2, maximumFractionDigits: 3 })
const wholePrice = createPriceFormat({ maximumFractionDigits: 0 })

/** "312 tokens in, 24 out", as far as the numbers are known. */
export function formatTokens(input: number | undefined, output: number | undefined) {
  if (input === undefined) return output === undefined ? undefined : `${count(output, 'token')} out`
  const read = `${count(input, 'token')} in`
  return output === undefined ? read : `${read}, ${formatNumber(output)} out`
}

/** 840 ms, 2.4 s, 3 min 5 s, 2 h 10 min: two units at most. */
export function formatDuration(ms: number): string {
  if (ms < 1) return '< 1 ms'
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return joinUnits(minutes, 'min', seconds % 60, 's')
  return joinUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
}

const joinUnits = (large: number, largeUnit: string, small: number, smallUnit: string) =>
  small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const fullDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** 14:05 */
export const formatTimeOfDay = (timestamp: string) => timeOfDay.format(new Date(timestamp))

/** The whole date and time, as usual where the reader lives. */
export const formatDateTime = (timestamp: string) => fullDate.format(new Date(timestamp))

/** 14:05 today, "3 Nov, 14:05" before. */
export function formatRecentTime(timestamp: string, now = new Date()): string {
  const date = new Date(timestamp)
  const time = timeOfDay.format(date)
  return date.toDateString() === now.toDateString() ? time : `${day.format(date)}, ${time}`
}
