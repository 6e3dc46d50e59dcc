import {
  apply,
  applyMany,
  GraphError,
  integers,
  type Shape,
  sameShape,
  scalar,
  show,
  type Tensor,
} from '../tensor.ts'
import { zeros } from './sum-and-expand.ts'

/** Dimension i of the result is dimension `order[i]` of `a`. */
export function transpose(a: Tensor, order: readonly number[]): Tensor {
  const sorted = order.toSorted((x, y) => x - y)
  if (!sameShape(sorted, [...a.shape.keys()])) {
    throw new GraphError(`Transpose: ${show(order)} is no order of the axes of ${show(a.shape)}.`)
  }
  const inverse = order.map((_, axis) => order.indexOf(axis))
  return apply(
    {
      operator: 'Transpose',
      inputs: [a],
      attributes: { perm: order },
      gradient: ([g]) => [transpose(g!, inverse)],
    },
    order.map((axis) => a.shape[axis]!),
    a.type,
  )
}

/** Where a slice of one axis begins (included) and ends (not included), in steps of `step`. */
export type Range = { axis: number; start: number; end: number; step?: number }

/** The part of `a` within all ranges. */
export function slice(a: Tensor, ranges: readonly Range[]): Tensor {
  const shape = [...a.shape]
  for (const { axis, start, end, step = 1 } of ranges) {
    const size = a.shape[axis]
    if (size === undefined || start < 0 || end > size || start >= end || step < 1) {
      const range = `${start} to ${end} by ${step} of axis ${axis}`
      throw new GraphError(`Slice: ${show(a.shape)} has no ${range}.`)
    }
    shape[axis] = Math.ceil((end - start) / step)
  }
  return apply(
    {
      operator: 'Slice',
      inputs: [
        a,
        integers(ranges.map(({ start }) => start)),
        integers(ranges.map(({ end }) => end)),
        integers(ranges.map(({ axis }) => axis)),
        integers(ranges.map(({ step = 1 }) => step)),
      ],
      gradient: ([g]) => [unslice(g!, a.shape, ranges)],
    },
    shape,
    a.type,
  )
}

/** Puts a gradient back where it was sliced from, zeros around it. */
function unslice(gradient: Tensor, shape: Shape, ranges: readonly Range[]): Tensor {
  if (ranges.some(({ step = 1 }) => step !== 1)) {
    throw new GraphError('Slice: there is no gradient through steps other than 1.')
  }
  const before = shape.map(() => 0)
  const after = shape.map(() => 0)
  for (const { axis, start, end } of ranges) {
    before[axis] = start
    after[axis] = shape[axis]! - end
  }
  return pad(gradient, before, after)
}

/** Zeros around `a`: `before[i]` and `after[i]` of them along axis i. */
export function pad(a: Tensor, before: readonly number[], after: readonly number[]): Tensor {
  if (before.length !== a.shape.length || after.length !== a.shape.length) {
    const zerosAround = `${show(before)} and ${show(after)} zeros`
    throw new GraphError(`Pad: ${zerosAround} do not fit around ${show(a.shape)}.`)
  }
  const shape = a.shape.map((size, axis) => before[axis]! + size + after[axis]!)
  if (sameShape(shape, a.shape)) return a
  const inside = a.shape.map((size, axis) => ({
    axis,
    start: before[axis]!,
    end: before[axis]! + size,
  }))
  return apply(
    {
      operator: 'Pad',
      inputs: [a, integers([...before, ...after]), scalar(0)],
      gradient: ([g]) => [slice(g!, inside)],
    },
    shape,
  )
}

/** Tensors one after the other along `axis`. */
export function concat(tensors: readonly Tensor[], axis: number): Tensor {
  const [first] = tensors
  if (!first) throw new GraphError('Concat: there is nothing to join.')
  for (const { shape } of tensors) {
    const fits = shape.length === first.shape.length && axis < shape.length
    if (!fits || shape.some((size, i) => i !== axis && size !== first.shape[i])) {
      const shapes = `${show(first.shape)} and ${show(shape)}`
      throw new GraphError(`Concat: ${shapes} cannot be joined along axis ${axis}.`)
    }
  }
  const sizes = tensors.map(({ shape }) => shape[axis]!)
  return apply(
    {
      operator: 'Concat',
      inputs: tensors,
      attributes: { axis },
      gradient: ([g]) => split(g!, sizes, axis),
    },
    first.shape.map((size, i) => (i === axis ? sizes.reduce((a, b) => a + b) : size)),
    first.type,
  )
}

/** The opposite of `concat`: parts of these sizes along `axis`. */
export function split(a: Tensor, sizes: readonly number[], axis: number): Tensor[] {
  if (sizes.reduce((sum, size) => sum + size, 0) !== a.shape[axis]) {
    throw new GraphError(`Split: ${show(a.shape)} has no parts ${show(sizes)} along axis ${axis}.`)
  }
  if (sizes.length === 1) return [a]
  const shapes = sizes.map((part) => a.shape.map((size, i) => (i === axis ? part : size)))
  return applyMany(
    {
      operator: 'Split',
      inputs: [a, integers(sizes)],
      attributes: { axis },
      gradient: (gradients) => [
        concat(
          gradients.map((g, i) => g ?? zeros(shapes[i]!)),
          axis,
        ),
      ],
    },
    shapes.map((shape) => ({ shape, type: a.type })),
  )
}
