/** $12, $1.25, $0.0012, "< $0.0001": as many digits as a price needs. */
export function formatDollars(dollars: number): string {
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return '<\u00a0$0.0001'
  return (dollars < 0.01 ? tiny : dollars % 1 === 0 ? whole : usual).format(dollars)
}

const format = (options: Intl.NumberFormatOptions) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD', ...options })
const tiny = format({ minimumFractionDigits: 0, maximumFractionDigits: 4 })
const usual = format({ minimumFractionDigits: 2, maximumFractionDigits: 3 })
const whole = format({ maximumFractionDigits: 0 })
