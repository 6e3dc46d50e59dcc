import { createNetwork } from './create-network.ts'
import { pictureInput } from './image-encoder.ts'
import type { ModelSettings } from './model-settings.ts'
import { createParameters } from './parameters.ts'

/** How many values the encoder's mean over the places of a picture has. */
export function countPooledFeatures(settings: ModelSettings): number {
  const { encode } = createNetwork(settings, createParameters())
  return encode(pictureInput(settings, 1), 'inference').pooled.shape[1]!
}
