import { add } from './operators/arithmetic.ts'
import { GraphError, type Node, sameShape, scalar, show, type Tensor } from './tensor.ts'
import { topologicalOrder } from './topological-order.ts'

/**
 * dL/dp for each parameter p, as tensors of the same graph: reverse-mode automatic differentiation.
 * `loss` is one number. Every parameter must have a way to influence it.
 */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): Tensor[] {
  if (loss.shape.length > 0) {
    throw new GraphError(`gradients: the loss is ${show(loss.shape)}; it must be one number, [].`)
  }
  const wanted = new Set(parameters)
  const order = topologicalOrder([loss])
  const onTheWay = findNodesOnTheWay(order, wanted)
  const collected = new Map<Tensor, Tensor>([[loss, scalar(1)]])

  for (const node of order.toReversed()) {
    const outputGradients = node.outputs.map((output) => collected.get(output))
    if (!onTheWay.has(node) || outputGradients.every((gradient) => !gradient)) continue
    for (const [i, gradient] of backward(node, outputGradients).entries()) {
      const target = node.influences[i]
      if (!target || !gradient) continue
      requireShape(node, target, gradient)
      const known = collected.get(target)
      collected.set(target, known ? add(known, gradient) : gradient)
    }
  }
  return parameters.map((parameter) => {
    const gradient = collected.get(parameter)
    if (gradient) return gradient
    const { source } = parameter
    const name = source.kind === 'input' ? source.name : 'a tensor'
    throw new GraphError(`gradients: ${name} ${show(parameter.shape)} does not influence the loss.`)
  })
}

/** The nodes between parameters and loss: only they need gradients. */
function findNodesOnTheWay(order: readonly Node[], wanted: ReadonlySet<Tensor>): Set<Node> {
  const onTheWay = new Set<Node>()
  for (const node of order) {
    const depends = node.influences.some(
      (tensor) =>
        tensor &&
        (wanted.has(tensor) || (tensor.source.kind === 'node' && onTheWay.has(tensor.source.node))),
    )
    if (depends) onTheWay.add(node)
  }
  return onTheWay
}

function backward(node: Node, outputGradients: readonly (Tensor | undefined)[]) {
  if (node.gradient) return node.gradient(outputGradients, node)
  throw new GraphError(`gradients: ${node.operator} has no gradient.`)
}

function requireShape({ operator }: Node, target: Tensor, gradient: Tensor): void {
  if (sameShape(target.shape, gradient.shape)) return
  const shapes = `${show(gradient.shape)} for an input of ${show(target.shape)}`
  throw new GraphError(`gradients: ${operator} gave a gradient of ${shapes}.`)
}
