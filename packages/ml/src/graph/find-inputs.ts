import type { Tensor } from './tensor.ts'
import { topologicalOrder } from './topological-order.ts'

/** The names of all inputs that the tensors depend on. */
export function findInputs(tensors: readonly Tensor[]): Set<string> {
  const used = topologicalOrder(tensors).flatMap(({ inputs }) => inputs)
  return new Set(
    [...tensors, ...used].flatMap((tensor) =>
      tensor?.source.kind === 'input' ? tensor.source.name : [],
    ),
  )
}
