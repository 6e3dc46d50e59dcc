import type { Style } from '@descry/contract'
import type { Captioner } from '../captioner/captioner.ts'
import { costOf, worstCost } from './cost.ts'

export type Range = { low: number; high: number }

/** Work before it begins. */
export type PlannedWork = { images: number; styles: readonly Style[]; prompt?: string }

/** US dollars, if each caption is asked for once. */
export function estimateCost(
  { price, sampling }: Captioner,
  { images, styles, prompt = '' }: PlannedWork,
): Range {
  if (!price) return { low: 0, high: 0 }
  const requests = images * styles.length
  return {
    low: requests * costOf(price, LEAN_CAPTION),
    high: requests * worstCost(price, { prompt, sampling: sampling ?? {} }),
  }
}

/** A small image, and a sentence of 20 words. */
const LEAN_CAPTION = { inputTokens: 300, outputTokens: 30 }

type Pace = {
  /** Of its newest captions, milliseconds. */
  recentMs: readonly number[]
  /** So many at a time, where the captioner's own limit is not less. */
  parallel?: number | undefined
}

/** Seconds; null where the captioner made no captions lately. */
export function estimateTime(
  { limits = {} }: Captioner,
  { images, styles }: PlannedWork,
  { recentMs, parallel = limits.parallel ?? 1 }: Pace,
): Range | null {
  if (recentMs.length === 0) return null
  const requests = images * styles.length
  const sorted = recentMs.toSorted((a, b) => a - b)
  const atATime = Math.min(parallel, limits.parallel ?? parallel)
  const paced = limits.perMinute ? (Math.ceil(requests / limits.perMinute) - 1) * 60 : 0
  const seconds = (share: number) =>
    Math.max(paced, (requests * (sorted[Math.floor(share * sorted.length)] ?? 0)) / 1000 / atATime)
  return { low: seconds(0.25), high: seconds(0.9) }
}
