import { apply, GraphError, type Shape, show, type Tensor } from '../tensor.ts'
import { reshape } from './reshape.ts'
import { expand, zeros } from './sum-and-expand.ts'

/** The entries of `a` along `axis` that the int64 `indices` name: their shape takes the axis's place. */
export function gather(a: Tensor, indices: Tensor, axis = 0): Tensor {
  if (a.shape[axis] === undefined)
    throw new GraphError(`Gather: ${show(a.shape)} has no axis ${axis}.`)
  return apply(
    {
      operator: 'Gather',
      inputs: [a, indices],
      attributes: { axis },
      gradient: ([g]) => [scatterRows(g!, a.shape, indices, axis)],
    },
    [...a.shape.slice(0, axis), ...indices.shape, ...a.shape.slice(axis + 1)],
    a.type,
  )
}

/** Rows of an embedding table: [V, d] and int64 [...] → [..., d]. */
export const embedding = (table: Tensor, ids: Tensor): Tensor => gather(table, ids)

/** Adds each row of a gradient to the row of `a` that it was gathered from. */
function scatterRows(g: Tensor, shape: Shape, indices: Tensor, axis: number): Tensor {
  if (axis !== 0 || shape.length !== 2) {
    throw new GraphError(`Gather: there is a gradient for rows only, not for ${show(shape)}.`)
  }
  const rows = indices.shape.reduce((x, y) => x * y, 1)
  const [, width] = shape
  const targets = expand(reshape(indices, [rows, 1]), [rows, width!])
  return scatterAdd(zeros(shape), targets, reshape(g, [rows, width!]), 0)
}

/** For each row of `a` [n, m] the entry that the int64 `indices` [n] name: [n]. */
export function pickPerRow(a: Tensor, indices: Tensor): Tensor {
  const [rows] = a.shape
  if (a.shape.length !== 2 || indices.shape.length !== 1 || indices.shape[0] !== rows) {
    throw new GraphError(`GatherElements: ${show(a.shape)} and ${show(indices.shape)} do not fit.`)
  }
  const column = reshape(indices, [rows!, 1])
  const picked = apply(
    {
      operator: 'GatherElements',
      inputs: [a, column],
      attributes: { axis: 1 },
      gradient: ([g]) => [scatterAdd(zeros(a.shape), column, g!, 1)],
    },
    [rows!, 1],
  )
  return reshape(picked, [rows!])
}

/** `a` [n, m] with `values` [n] added, in each row at the entry that the int64 `indices` [n] name. */
export function addPerRow(a: Tensor, indices: Tensor, values: Tensor): Tensor {
  const [rows] = a.shape
  return scatterAdd(a, reshape(indices, [rows!, 1]), reshape(values, [rows!, 1]), 1)
}

/** ScatterElements, not ScatterND: the latter loses additions to repeated rows with several threads. */
const scatterAdd = (a: Tensor, indices: Tensor, updates: Tensor, axis: number): Tensor =>
  apply(
    {
      operator: 'ScatterElements',
      inputs: [a, indices, updates],
      attributes: { axis, reduction: 'add' },
    },
    a.shape,
  )
