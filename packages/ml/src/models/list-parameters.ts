import { input, sizeOf } from '../graph/tensor.ts'
import { createNetwork } from './create-network.ts'
import { pictureInput } from './image-encoder.ts'
import type { ModelSettings } from './model-settings.ts'
import { createParameters, type ParameterSpec } from './parameters.ts'

/** What the settings make a network ask for, in its order. */
export function listParameters(settings: ModelSettings): ParameterSpec[] {
  const parameters = createParameters()
  const { encode, decoder } = createNetwork(settings, parameters)
  decoder.all(input('tokens', [1, 1], 'int64'), encode(pictureInput(settings, 1), 'training').image)
  return parameters.list()
}

/** How many numbers a model of these settings learns; running statistics are not among them. */
export const countParameters = (settings: ModelSettings): number =>
  listParameters(settings)
    .filter(({ isBuffer }) => !isBuffer)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0)
