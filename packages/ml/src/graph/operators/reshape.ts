import {
  apply,
  GraphError,
  integers,
  type Shape,
  sameShape,
  show,
  sizeOf,
  type Tensor,
} from '../tensor.ts'

/** The same values in another shape. */
export function reshape(a: Tensor, shape: Shape): Tensor {
  if (sameShape(a.shape, shape)) return a
  if (sizeOf(a.shape) !== sizeOf(shape)) {
    throw new GraphError(`Reshape: ${show(a.shape)} does not fill ${show(shape)}.`)
  }
  return apply(
    {
      operator: 'Reshape',
      inputs: [a, integers(shape)],
      gradient: ([g]) => [reshape(g!, a.shape)],
    },
    shape,
    a.type,
  )
}
