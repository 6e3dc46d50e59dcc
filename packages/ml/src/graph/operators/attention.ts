import { GraphError, show, type Tensor } from '../tensor.ts'
import { add, scale } from './arithmetic.ts'
import { transpose } from './layout.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'
import { softmax } from './softmax.ts'

/** [B, T, heads · d] → [B, heads, T, d] */
export function splitHeads(x: Tensor, heads: number): Tensor {
  const [B, T, width] = x.shape
  if (x.shape.length !== 3 || width! % heads !== 0) {
    throw new GraphError(`splitHeads: ${show(x.shape)} does not fall into ${heads} heads.`)
  }
  return transpose(reshape(x, [B!, T!, heads, width! / heads]), [0, 2, 1, 3])
}

/** [B, heads, T, d] → [B, T, heads · d] */
export function joinHeads(x: Tensor): Tensor {
  const [B, heads, T, d] = x.shape
  return reshape(transpose(x, [0, 2, 1, 3]), [B!, T!, heads! * d!])
}

/**
 * softmax(Q Kᵀ / √d + mask) V, all [B, heads, T or S, d]; the mask is added, −∞-like where a query may
 * not look, and broadcast over [B, heads, T, S].
 * Source: Vaswani et al. 2017, "Attention Is All You Need".
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, mask?: Tensor): Tensor {
  const d = q.shape.at(-1)!
  const scores = scale(matmul(q, k, { transposeB: true }), 1 / Math.sqrt(d)) // [B, heads, T, S]
  return matmul(softmax(mask ? add(scores, mask) : scores), v) // [B, heads, T, d]
}
