/**
 * One image: what a model said, and what people said. Texts are tokens joined by single spaces, as
 * `tokenizeCaptions` makes them.
 */
export type CaptionPair = { hypothesis: string; references: readonly string[] }

/** Both in the metric's own unit; `perImage` is in the order of the updates. */
export type Score = { corpus: number; perImage: number[] }

/**
 * A metric as a value that grows by one image at a time. `update` leaves the state it was given as
 * it was, so a run may be scored half-way and go on.
 */
export type Metric<State, Result> = {
  init(): State
  update(state: State, pair: CaptionPair): State
  result(state: State): Result
}

/** All images in one call. */
export function scoreAll<State, Result>(
  metric: Metric<State, Result>,
  pairs: Iterable<CaptionPair>,
): Result {
  let state = metric.init()
  for (const pair of pairs) state = metric.update(state, pair)
  return metric.result(state)
}
