import { input, sizeOf } from '../src/graph/tensor.ts'
import { createNetwork } from '../src/models/create-network.ts'
import { pictureInput } from '../src/models/image-encoder.ts'
import type { ModelSettings } from '../src/models/model-settings.ts'
import { createParameters, type ParameterSpec } from '../src/models/parameters.ts'
import { createRandom } from '../src/random.ts'

const cnn = { kind: 'cnn', stem: 2, widths: [4], blocks: [1] } as const
const features = { kind: 'features', tokens: 3, channels: 5 } as const
const transformer = { width: 8, heads: 2, layers: 2, inner: 8, vocabulary: 7, length: 5 }
const lstm = { embedding: 4, width: 6, attention: 5, vocabulary: 7, length: 5 }
const common = { imageSize: 8, labels: 3 }

/** As small as they can be with all their parts, by name. */
export const sampleNetworks: [name: string, settings: ModelSettings][] = [
  [
    'cnn-transformer',
    { architecture: 'cnn-transformer', ...common, encoder: cnn, decoder: transformer },
  ],
  [
    'cnn-transformer on features',
    { architecture: 'cnn-transformer', ...common, encoder: features, decoder: transformer },
  ],
  ['lstm-attention', { architecture: 'lstm-attention', ...common, encoder: cnn, decoder: lstm }],
  [
    'lstm-attention on features',
    { architecture: 'lstm-attention', ...common, encoder: features, decoder: lstm },
  ],
]

/** What the settings make a network ask for, in its order. */
export function listParameters(settings: ModelSettings): ParameterSpec[] {
  const parameters = createParameters()
  const { encode, decoder } = createNetwork(settings, parameters)
  decoder.all(input('tokens', [1, 1], 'int64'), encode(pictureInput(settings, 1), 'training').image)
  return parameters.list()
}

/** Values large enough that every part of a network matters, by the parameter's name. */
export function sampleValues(specs: readonly ParameterSpec[]): Map<string, Float32Array> {
  const random = createRandom(5)
  return new Map(
    specs.map(({ name, shape, initial }) => {
      const middle = initial.kind === 'constant' ? initial.value : 0
      const values = Float32Array.from(
        { length: sizeOf(shape) },
        () => middle + (random() - 0.5) * 0.9,
      )
      return [name, values]
    }),
  )
}
