import type { Backbone } from '../../backbone/inspect-backbone.ts'
import { subtract } from '../../graph/operators/arithmetic.ts'
import { matmul } from '../../graph/operators/matmul.ts'
import { constant, input } from '../../graph/tensor.ts'
import { writeOnnx } from '../../graph/write-onnx.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import { type MapShape, quantizeMap } from './quantize-map.ts'
import { resampleWeights } from './resample-weights.ts'
import { BATCH_SIZE } from './target-files.ts'
import type { TeacherBasis } from './teacher-basis.ts'

/** The quantized map of each picture, from its features [tokens, channels]. */
export type Reduce = (features: Float32Array) => Promise<Uint8Array[]>

type ReductionOptions = {
  backbone: Backbone
  basis: TeacherBasis
  /** Places along each side of the teacher's map, and of the student's. */
  side: number
  grid: number
  /** Channels to keep. */
  kept: number
}

/** From features of at most `BATCH_SIZE` pictures to their quantized maps. */
export async function openReduction(
  runtime: Runtime,
  { backbone, basis, side, grid, kept }: ReductionOptions,
): Promise<AsyncDisposable & { reduce: Reduce }> {
  const { channels } = backbone.card
  const onnx = buildReduction({ pictures: BATCH_SIZE, side, channels, grid, basis })
  const session = await runtime.openSession(onnx)
  const shape: MapShape = { grid, channels: kept }
  const [given, made] = [side * side * channels, grid * grid * kept]
  return {
    async reduce(features) {
      const data = new Float32Array(BATCH_SIZE * given) // the graph takes as many pictures each time
      data.set(features)
      const fed = { data, shape: [BATCH_SIZE, side * side, channels] }
      const { outputs } = await session.run({ features: fed })
      const reduced = outputs.reduced!.data as Float32Array
      return Array.from({ length: features.length / given }, (_, i) =>
        quantizeMap(reduced.subarray(i * made, (i + 1) * made), shape),
      )
    },
    [Symbol.asyncDispose]: session.dispose,
  }
}

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
function buildReduction(options: ReduceOptions): Uint8Array {
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
