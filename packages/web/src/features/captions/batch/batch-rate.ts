// Long enough to be steady, short enough to follow a captioner that became slower.
const WINDOW_MS = 20_000

export type Rate = { perSecond: number; leftMs: number }

/**
 * Speed and time left, from the moments (ms) at which items were finished in the last window.
 * Nothing before two are done: one point has no speed.
 */
export function estimateRate(
  finished: readonly number[],
  left: number,
  now: number,
): Rate | undefined {
  const recent = finished.filter((moment) => now - moment <= WINDOW_MS)
  const first = recent[0]
  if (first === undefined || recent.length < 2) return undefined
  const perSecond = (1000 * (recent.length - 1)) / Math.max(now - first, 1)
  return { perSecond, leftMs: (1000 * left) / perSecond }
}
