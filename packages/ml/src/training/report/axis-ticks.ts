export type Ticks = { values: number[]; labels: string[] }

/** Round numbers that enclose all values, about five of them. */
export function valueTicks(values: readonly number[]): Ticks {
  const { low, high } = widen(Math.min(...values), Math.max(...values))
  const step = roundStep((high - low) / 4)
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  const marks = Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const toLabel = (value: number) =>
    Math.abs(high) + Math.abs(low) < 1e5 ? value.toFixed(decimals) : value.toExponential(1)
  return { values: marks, labels: marks.map(toLabel) }
}

/** The first epoch, the last, and round ones between that leave room for their labels. */
export function epochTicks(first: number, last: number): Ticks {
  const step = Math.max(1, roundStep((last - first) / 5))
  const start = Math.ceil((first + 0.4 * step) / step)
  const end = Math.floor((last - 0.4 * step) / step)
  const between = Array.from({ length: Math.max(0, end - start + 1) }, (_, i) => (start + i) * step)
  const values = [...new Set([first, ...between, last])]
  return { values, labels: values.map((value) => value.toLocaleString('en')) }
}

/** Values that are nearly equal look so: an axis spans a twentieth of its values, and 0.01 at least. */
function widen(least: number, most: number): { low: number; high: number } {
  const span = Math.max(most - least, Math.abs(most) / 20, 0.01)
  const low = least - (span - (most - least)) / 2
  return least >= 0 && low < 0 ? { low: 0, high: span } : { low, high: low + span }
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(atLeast, 1e-9)))
  return power * ([1, 2, 5].find((factor) => factor * power >= atLeast * (1 - 1e-9)) ?? 10)
}
