import { apply, GraphError, show, type Tensor } from '../tensor.ts'
import { reshape } from './reshape.ts'
import { broadcastShapes, sumToShape } from './sum-and-expand.ts'

export type MatmulOptions = { transposeA?: boolean; transposeB?: boolean }

/**
 * Matrix product of the last two dimensions, `[…, n, k] · […, k, m] → […, n, m]`; the others are
 * broadcast. `transposeA` and `transposeB` turn a matrix before it is multiplied, at no cost.
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false } = options
  const [n, k] = lastTwo(a, transposeA)
  const [k2, m] = lastTwo(b, transposeB)
  if (a.shape.length < 2 || b.shape.length < 2 || k !== k2) {
    const turned = (yes: boolean) => (yes ? ' (transposed)' : '')
    const left = `${show(a.shape)}${turned(transposeA)}`
    throw new GraphError(`MatMul: ${left} and ${show(b.shape)}${turned(transposeB)} do not fit.`)
  }
  // A weight matrix for many rows: one large product instead of many small ones.
  if (b.shape.length === 2 && a.shape.length > 2 && !transposeA) {
    const rows = reshape(a, [a.shape.slice(0, -1).reduce((x, y) => x * y, 1), k])
    return reshape(matmul(rows, b, { transposeB }), [...a.shape.slice(0, -1), m])
  }
  const batch = broadcastShapes('MatMul', a.shape.slice(0, -2), b.shape.slice(0, -2))
  const gradient = ([g]: readonly (Tensor | undefined)[]) => [
    sumToShape(gradientOfA(g!, b, { transposeA, transposeB }), a.shape),
    sumToShape(gradientOfB(g!, a, { transposeA, transposeB }), b.shape),
  ]
  const shape = [...batch, n, m]
  if (shape.length === 2) {
    const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 }
    return apply({ operator: 'Gemm', inputs: [a, b], attributes, gradient }, shape)
  }
  if (!transposeA && !transposeB) {
    return apply({ operator: 'MatMul', inputs: [a, b], gradient }, shape)
  }
  const attributes = { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0 }
  return apply(
    { operator: 'FusedMatMul', domain: 'com.microsoft', inputs: [a, b], attributes, gradient },
    shape,
  )
}

type Turns = Required<MatmulOptions>

/** C = A B: dA = G Bᵀ; C = Aᵀ B: dA = B Gᵀ. */
const gradientOfA = (g: Tensor, b: Tensor, { transposeA, transposeB }: Turns): Tensor =>
  transposeA
    ? matmul(b, g, { transposeA: transposeB, transposeB: true })
    : matmul(g, b, { transposeB: !transposeB })

/** C = A B: dB = Aᵀ G; C = A Bᵀ: dB = Gᵀ A. */
const gradientOfB = (g: Tensor, a: Tensor, { transposeA, transposeB }: Turns): Tensor =>
  transposeB
    ? matmul(g, a, { transposeA: true, transposeB: transposeA })
    : matmul(a, g, { transposeA: !transposeA })

function lastTwo({ shape }: Tensor, transposed: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2) as [number, number]
  return transposed ? [columns, rows] : [rows, columns]
}
