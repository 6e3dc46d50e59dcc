import { z } from 'zod'
import { createCnnTransformer } from './cnn-transformer.ts'
import { createLstmAttention } from './lstm-attention.ts'
import { ModelError } from './model-error.ts'
import { ModelSettings } from './model-settings.ts'
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

/** Refuses settings of which no model can be built, and says which of them and why. */
function checkSettings(settings: ModelSettings): void {
  const parsed = ModelSettings.safeParse(settings)
  if (parsed.success) return
  throw new ModelError(`No model has these settings:\n${z.prettifyError(parsed.error)}`)
}
