import {
  apply,
  GraphError,
  integers,
  type Shape,
  sameShape,
  scalar,
  show,
  type Tensor,
} from '../tensor.ts'
import { reshape } from './reshape.ts'

// Summing and repeating are each other's gradients, so they live together.

/** The sum over `axes` (default: all), which disappear unless `keep`. */
export function reduceSum(
  a: Tensor,
  axes: readonly number[] = [...a.shape.keys()],
  { keep = false }: { keep?: boolean } = {},
): Tensor {
  const outside = axes.find((axis) => a.shape[axis] === undefined)
  if (outside !== undefined) {
    throw new GraphError(`ReduceSum: ${show(a.shape)} has no axis ${outside}.`)
  }
  if (axes.length === 0) return a
  const kept: Shape = a.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  return apply(
    {
      operator: 'ReduceSum',
      inputs: [a, integers(axes)],
      attributes: { keepdims: keep ? 1 : 0 },
      gradient: ([g]) => [expand(reshape(g!, kept), a.shape)],
    },
    keep ? kept : a.shape.filter((_, axis) => !axes.includes(axis)),
  )
}

/** `a` repeated along its dimensions of size 1 and in front. */
export function expand(a: Tensor, shape: Shape): Tensor {
  if (sameShape(a.shape, shape)) return a
  const lead = shape.length - a.shape.length
  if (lead < 0 || a.shape.some((size, i) => size !== 1 && size !== shape[lead + i])) {
    throw new GraphError(`Expand: ${show(a.shape)} cannot become ${show(shape)}.`)
  }
  return apply(
    {
      operator: 'Expand',
      inputs: [a, integers(shape)],
      gradient: ([g]) => [sumToShape(g!, a.shape)],
    },
    shape,
    a.type,
  )
}

export const zeros = (shape: Shape): Tensor => expand(scalar(0), shape)

/** Sums a gradient over the dimensions along which its tensor was repeated. */
export function sumToShape(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient
  const lead = gradient.shape.length - shape.length
  const axes = [...gradient.shape.keys()].filter(
    (axis) => axis < lead || (shape[axis - lead] === 1 && gradient.shape[axis] !== 1),
  )
  return reshape(reduceSum(gradient, axes), shape)
}

/** The shape that two operands have together, by the rules of NumPy; `operator` is named in the error. */
export function broadcastShapes(operator: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const left = a[a.length - rank + i] ?? 1
    const right = b[b.length - rank + i] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw new GraphError(`${operator}: ${show(a)} and ${show(b)} do not go together.`)
    }
    return left === 1 ? right : left
  })
}
