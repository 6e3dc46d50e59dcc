/**
 * `2.jpg` before `10.jpg`, folder by folder. The same everywhere: it does not depend on the
 * machine's language, and no two different paths are equal.
 */
export function naturalOrder(a: string, b: string): number {
  const as = a.split(/[/\\]/)
  const bs = b.split(/[/\\]/)
  for (let i = 0; i < Math.min(as.length, bs.length); i++) {
    const order = collator.compare(as[i] ?? '', bs[i] ?? '')
    if (order !== 0) return order
  }
  return as.length - bs.length || (a < b ? -1 : Number(a > b))
}

const collator = new Intl.Collator('en', { numeric: true })
