export type TopK = {
  /** Offers plus + values[v] under the key v · stride + first, for each v; −∞ is no offer. */
  offer: (values: Float64Array, place?: { plus: number; stride: number; first: number }) => void
  /** The keys of the values kept, greatest value first; forgets them. */
  take: () => number[]
}

/**
 * Keeps the k greatest of the values offered. Of equal values the one with the lower key is greater.
 *
 * A heap with the least of those kept on top: a value that stays out costs one comparison, one that gets
 * in O(log k), and the vocabulary is never sorted.
 */
export function createTopK(k: number): TopK {
  const values = new Float64Array(k)
  const keys = new Float64Array(k)
  let size = 0

  const isLess = (value: number, key: number, i: number) =>
    value < values[i] || (value === values[i] && key > keys[i])

  function put(i: number, value: number, key: number): void {
    values[i] = value
    keys[i] = key
  }

  function rise(from: number, value: number, key: number): void {
    let i = from
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (!isLess(value, key, parent)) break
      put(i, values[parent], keys[parent])
      i = parent
    }
    put(i, value, key)
  }

  function sink(value: number, key: number): void {
    let i = 0
    for (let child = 1; child < size; child = 2 * i + 1) {
      const other = child + 1
      if (other < size && isLess(values[other], keys[other], child)) child = other
      if (isLess(value, key, child)) break
      put(i, values[child], keys[child])
      i = child
    }
    put(i, value, key)
  }

  return {
    offer(offered, { plus, stride, first } = { plus: 0, stride: 1, first: 0 }) {
      let least = size < k ? -Infinity : values[0]
      for (let v = 0; v < offered.length; v++) {
        const value = plus + offered[v]
        if (value < least || value === -Infinity) continue
        const key = v * stride + first
        if (size < k) rise(size++, value, key)
        else if (!isLess(value, key, 0)) sink(value, key)
        if (size === k) least = values[0]
      }
    },

    take() {
      const sorted: number[] = new Array(size)
      while (size > 0) {
        sorted[--size] = keys[0]
        if (size > 0) sink(values[size], keys[size])
      }
      return sorted
    },
  }
}
