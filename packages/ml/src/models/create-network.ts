import { checkSettings } from './check-settings.ts'
import { createCnnTransformer } from './cnn-transformer.ts'
import { createLstmAttention } from './lstm-attention.ts'
import type { ModelSettings } from './model-settings.ts'
import type { Network } from './network.ts'
import type { Parameters } from './parameters.ts'

/** The network that the settings describe: the only place that knows which architectures there are. */
export function createNetwork(settings: ModelSettings, parameters: Parameters): Network {
  checkSettings(settings)
  switch (settings.architecture) {
    case 'cnn-transformer':
      return createCnnTransformer(settings, parameters)
    case 'lstm-attention':
      return createLstmAttention(settings, parameters)
  }
}
