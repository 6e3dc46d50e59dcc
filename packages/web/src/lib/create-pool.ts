/** Runs tasks in the order in which they were added, at most `limit` at once. */
export function createPool(limit: number) {
  const waiting: (() => void)[] = []
  let running = 0

  return async function run<Result>(task: () => Promise<Result>): Promise<Result> {
    if (running >= limit) await new Promise<void>((resume) => waiting.push(resume))
    else running++
    try {
      return await task()
    } finally {
      // The slot goes directly to the next waiting task, so that no newer one can take it.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
