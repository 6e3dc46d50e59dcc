/** A list that grows without changing: appending costs the same whatever its length. */
export type Chain<T> = { readonly last: T; readonly before: Chain<T> } | undefined

export const append = <T>(chain: Chain<T>, value: T): Chain<T> => ({ last: value, before: chain })

/** Oldest first. */
export function toArray<T>(chain: Chain<T>): T[] {
  const values: T[] = []
  for (let link = chain; link; link = link.before) values.push(link.last)
  return values.reverse()
}
