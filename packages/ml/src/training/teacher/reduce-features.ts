import { subtract } from '../../graph/operators/arithmetic.ts'
import { matmul } from '../../graph/operators/matmul.ts'
import { constant, input } from '../../graph/tensor.ts'
import { writeOnnx } from '../../graph/write-onnx.ts'
import { resampleWeights } from './resample-weights.ts'
import type { TeacherBasis } from './teacher-basis.ts'

type ReduceOptions = {
  pictures: number
  /** Of the teacher: places along each side, and channels. */
  side: number
  channels: number
  /** Places along each side of the student. */
  grid: number
  basis: Pick<TeacherBasis, 'mean' | 'components'>
}

/** features [pictures, side², channels] → reduced [pictures, grid², kept], as a graph. */
export function buildReduction(options: ReduceOptions): Uint8Array {
  const { pictures, side, channels, grid, basis } = options
  const kept = basis.components.length / channels
  const features = input('features', [pictures, side * side, channels])
  const centered = subtract(features, constant(basis.mean, [channels]))
  const components = constant(basis.components, [kept, channels])
  const reduced = matmul(centered, components, { transposeB: true }) // [pictures, side², kept]
  if (side === grid) return writeOnnx({ outputs: { reduced } })
  const weights = constant(resampleWeights(side, grid), [grid * grid, side * side])
  return writeOnnx({ outputs: { reduced: matmul(weights, reduced) } }) // [pictures, grid², kept]
}
