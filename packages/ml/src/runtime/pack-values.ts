import { isMarkedAsUntransferable } from 'node:worker_threads'
import { copyValues, type TensorValue, type TensorValues, type Values } from './tensor-value.ts'

type Package = {
  values: Record<string, TensorValue>
  /** Buffers that move with the message: on this side they are empty from then on. */
  buffers: ArrayBuffer[]
  /** Values of which only a copy travels, so that they stay as they are. */
  kept: Record<string, TensorValue>
}

/**
 * Makes values ready for a message to another thread. An array moves without a copy when its buffer
 * is its alone. What moving would tear from others is copied instead: a view of a part of a buffer
 * (small Node Buffers are), a buffer that two of the values share, shared memory, and what a native
 * module keeps (sharp's pixels).
 */
export function packValues(values: TensorValues): Package {
  const entries = Object.entries(values)
  const users = new Map<ArrayBufferLike, number>()
  for (const [, { data }] of entries) {
    users.set(data.buffer, (users.get(data.buffer) ?? 0) + 1)
  }
  const packed: Package = { values: {}, buffers: [], kept: {} }
  for (const [name, { data, shape }] of entries) {
    const moves = users.get(data.buffer) === 1 && ownsItsBuffer(data)
    if (!moves) packed.kept[name] = { data, shape }
    const travelling = moves ? data : copyValues(data)
    packed.values[name] = { data: travelling, shape: [...shape] }
    packed.buffers.push(travelling.buffer as ArrayBuffer)
  }
  return packed
}

/** Copies all values, also those that could move. */
export function packCopies(values: TensorValues): Omit<Package, 'kept'> {
  const copies = Object.entries(values).map(
    ([name, { data, shape }]) => [name, { data: copyValues(data), shape: [...shape] }] as const,
  )
  return {
    values: Object.fromEntries(copies),
    buffers: copies.map(([, { data }]) => data.buffer as ArrayBuffer),
  }
}

const ownsItsBuffer = ({ buffer, byteLength }: Values): boolean =>
  buffer instanceof ArrayBuffer &&
  byteLength === buffer.byteLength &&
  !buffer.resizable &&
  !isMarkedAsUntransferable(buffer)
