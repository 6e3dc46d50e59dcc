import { z } from 'zod'
import { ModelError } from './model-error.ts'
import { ModelSettings } from './model-settings.ts'

/** Refuses settings of which no model can be built, and says which of them and why. */
export function checkSettings(settings: ModelSettings): void {
  const parsed = ModelSettings.safeParse(settings)
  if (parsed.success) return
  throw new ModelError(`No model has these settings:\n${z.prettifyError(parsed.error)}`)
}
