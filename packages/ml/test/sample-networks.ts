import { sizeOf } from '../src/graph/tensor.ts'
import type { ModelSettings } from '../src/models/model-settings.ts'
import type { ParameterSpec } from '../src/models/parameters.ts'
import { createRandom } from '../src/random.ts'

const cnn = { kind: 'cnn', stem: 2, widths: [4], blocks: [1] } as const
const inverted = {
  kind: 'inverted-residual',
  stem: 4,
  stages: [
    { channels: 4, blocks: 1, stride: 1, expansion: 1, kernel: 3 },
    { channels: 4, blocks: 2, stride: 2, expansion: 2, kernel: 5 },
  ],
  head: 8,
} as const
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
    'cnn-transformer of inverted residuals',
    { architecture: 'cnn-transformer', ...common, encoder: inverted, decoder: transformer },
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
