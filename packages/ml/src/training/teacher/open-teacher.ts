import type { Backbone } from '../../backbone/inspect-backbone.ts'
import { hashBytes } from '../../hash-bytes.ts'
import type { RunGraph } from '../../models/create-step.ts'
import { ModelError } from '../../models/model-error.ts'
import type { Runtime } from '../../runtime/runtime.ts'
import type { PreparedDataset } from '../dataset/prepared-dataset.ts'
import type { UnlabeledImages } from '../dataset/unlabeled-folder.ts'
import type { Teacher } from '../loop/train-loop-options.ts'
import { cacheTargets } from './cache-targets.ts'
import type { CacheOptions } from './compute-targets.ts'

export type TeacherOptions = Omit<CacheOptions, 'teacherId' | 'side' | 'grid' | 'kept'> & {
  data: PreparedDataset
  unlabeled: readonly UnlabeledImages[]
  runtime: Runtime
}

/**
 * A network as a teacher: of its features at each place of a picture, at most 256 channels are learned. It
 * is run on the pictures when a training opens it, and on each picture once.
 */
export async function openTeacher(backbone: Backbone, options: TeacherOptions): Promise<Teacher> {
  const { card } = backbone
  const side = await findSide(backbone, options.runtime)
  const kept = keptChannels(card.channels)
  const { name: _, ...decisive } = card
  const text = JSON.stringify([decisive, kept])
  const teacherId = hashBytes(Buffer.from(text)).slice(0, 32)
  return {
    id: teacherId,
    channels: kept,
    open: (grid) => cacheTargets(backbone, { ...options, teacherId, side, grid, kept }),
  }
}

/** Two thirds of the variance of MobileNetV2's 1,280 channels on photos, in a fifth of the space. */
const MAX_CHANNELS = 256

export const keptChannels = (channels: number): number => Math.min(channels, MAX_CHANNELS)

/** Places along each side of the teacher's map, which must be a square as the student's is. */
async function findSide({ card, onnx }: Backbone, runtime: Runtime): Promise<number> {
  const session = await runtime.openSession(onnx)
  try {
    const [height, width] = await findMap(card, session.run)
    if (height === width && Number.isInteger(height)) return height
    throw new ModelError(
      `The teacher ${card.name} gives features of ${card.tokens} places of a picture (${card.output}), which ` +
        'form no square of rows and columns. A student learns from a square map: name another value of ' +
        'the network with --teacher-output.',
    )
  } finally {
    await session.dispose()
  }
}

async function findMap(
  { input, output, imageSize, batch, layout, tokens }: Backbone['card'],
  run: RunGraph,
): Promise<[height: number, width: number]> {
  if (layout === 'tokens') return [Math.sqrt(tokens), Math.sqrt(tokens)]
  const shape = [batch ?? 1, 3, imageSize, imageSize]
  const data = new Float32Array(shape.reduce((product, size) => product * size))
  const { outputs } = await run({ [input]: { data, shape } })
  const [, , height, width] = outputs[output]!.shape
  return [height!, width!]
}
