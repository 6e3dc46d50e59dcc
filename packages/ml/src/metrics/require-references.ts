import type { CaptionPair } from './metric.ts'
import { MetricError } from './metric-error.ts'

/** No metric here says anything about a caption that nobody wrote a reference for. */
export function requireReferences({ hypothesis, references }: CaptionPair): void {
  if (references.length > 0) return
  throw new MetricError(`"${hypothesis.slice(0, 80)}" has no reference to be scored against.`)
}
