import { input, sizeOf } from '../graph/tensor.ts'
import { createNetwork } from './create-network.ts'
import { pictureInput } from './image-encoder.ts'
import type { ModelSettings } from './model-settings.ts'
import { createParameters } from './parameters.ts'

/** How many numbers a model of these settings learns; running statistics are not among them. */
export function countParameters(settings: ModelSettings): number {
  const parameters = createParameters()
  const { encode, decoder } = createNetwork(settings, parameters)
  const { image } = encode(pictureInput(settings, 1), 'training')
  decoder.all(input('tokens', [1, 1], 'int64'), image)
  const learned = parameters.list().filter(({ observed }) => !observed)
  return learned.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
}
