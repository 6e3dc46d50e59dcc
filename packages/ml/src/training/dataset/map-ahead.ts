/**
 * Does `work` for the items in their order, `ahead` at a time, and gives the results in that order.
 * No more than `ahead` results wait for whoever reads them.
 */
export async function* mapAhead<Item, Result>(
  items: readonly Item[],
  { ahead }: { ahead: number },
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const begun: Promise<Result>[] = []
  for (const item of items) {
    const result = work(item)
    result.catch(() => {}) // seen by whoever reads it, if anyone gets that far
    begun.push(result)
    if (begun.length === ahead) yield await begun.shift()!
  }
  for (const result of begun) yield await result
}
