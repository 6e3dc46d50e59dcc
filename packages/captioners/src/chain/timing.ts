/** How patient a chain is. */
export type Timing = {
  /** The first pause before the same captioner is asked again; each next one is twice as long. */
  backoffMs: number
  /** So many failures in a row, and a captioner is left alone. */
  failures: number
  /** For so long. */
  coolMs: number
  /** A request in hand is given up when its process was silent for so long. */
  leaseSeconds: number
  /** Between two looks whether another process left a place; longer for those further behind. */
  pollMs: number
}

export const defaultTiming: Timing = {
  backoffMs: 1000,
  failures: 3,
  coolMs: 30_000,
  leaseSeconds: 30,
  pollMs: 25,
}
