/** Runs at most once every `ms`: soon after the first call, and once more for all calls in between. */
export function createThrottle(run: () => unknown, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  return () => {
    if (timer !== undefined) return
    timer = setTimeout(
      () => {
        timer = undefined
        last = performance.now()
        run()
      },
      Math.max(0, last + ms - performance.now()),
    )
  }
}
