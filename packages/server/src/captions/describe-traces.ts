import type { StoredCaption } from './store-drafts.ts'

/** For the log: how each caption came to be, without its text. */
export const describeTraces = (captions: readonly StoredCaption[]) =>
  captions.map(({ id, style, captioner, reused, ms, trace }) => ({
    id,
    style,
    captioner,
    reused,
    ms,
    steps: trace?.steps.map(({ captioner: asked, outcome, ms: took, status, cost }) => ({
      captioner: asked,
      outcome,
      ms: took,
      status,
      cost,
    })),
  }))
