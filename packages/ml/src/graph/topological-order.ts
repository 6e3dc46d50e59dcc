import type { Node, Tensor } from './tensor.ts'

/** Every node that the tensors depend on, each after the nodes whose outputs it takes. */
export function topologicalOrder(tensors: Iterable<Tensor>): Node[] {
  const order: Node[] = []
  const seen = new Set<Node>()
  // A stack of our own: training graphs are deeper than the call stack likes.
  const stack: { node: Node; next: number }[] = []
  const visit = ({ source }: Tensor) => {
    if (source.kind !== 'node' || seen.has(source.node)) return
    seen.add(source.node)
    stack.push({ node: source.node, next: 0 })
  }
  for (const tensor of tensors) {
    visit(tensor)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      if (top.next === top.node.inputs.length) {
        order.push(top.node)
        stack.pop()
        continue
      }
      const tensor = top.node.inputs[top.next++]
      if (tensor) visit(tensor)
    }
  }
  return order
}

/** The names of all inputs that the tensors depend on. */
export function findInputs(tensors: readonly Tensor[]): Set<string> {
  const used = topologicalOrder(tensors).flatMap(({ inputs }) => inputs)
  return new Set(
    [...tensors, ...used].flatMap((tensor) =>
      tensor?.source.kind === 'input' ? tensor.source.name : [],
    ),
  )
}
