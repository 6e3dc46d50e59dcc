type Options = { parallel: number; signal: AbortSignal }

/**
 * Does `work` for all items, at most `parallel` at a time: a free slot takes the next item. Results
 * come in the items' order, each as soon as those before it are there. After an abort no new item is
 * begun. Items whose work gives `undefined`, or that were not begun, are left out.
 */
export async function* mapInOrder<Item, Result>(
  items: readonly Item[],
  { parallel, signal }: Options,
  work: (item: Item) => Promise<Result | undefined>,
): AsyncGenerator<Result> {
  const queue = items.map((item) => ({ item, ...Promise.withResolvers<Result | undefined>() }))
  const waiting = queue.values()
  const runSlot = async () => {
    for (const { item, promise, resolve } of waiting) {
      resolve(signal.aborted ? undefined : work(item))
      await promise.catch(() => {}) // whoever reads the results will see it
    }
  }
  for (let slot = 0; slot < parallel; slot++) void runSlot()

  for (const { promise } of queue) {
    const result = await promise
    if (result !== undefined) yield result
  }
}
