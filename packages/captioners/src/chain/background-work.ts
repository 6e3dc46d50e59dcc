export type BackgroundWork = ReturnType<typeof backgroundWork>

/** Work whose failure must not fail the caption: it is told, and `finish` waits for all of it. */
export function backgroundWork(onError: (error: unknown) => void) {
  const pending = new Set<Promise<void>>()

  return {
    /** What comes back may be awaited, and never rejects. */
    add(work: Promise<unknown>): Promise<void> {
      const told = work.then(() => {}, onError).finally(() => pending.delete(told))
      pending.add(told)
      return told
    },
    async finish(): Promise<void> {
      while (pending.size > 0) await Promise.all(pending)
    },
  }
}
