import type { SettingsOfKind } from '@descry/contract'
import { builtinModelFolder, ModelError } from '@descry/ml'
import type { Config } from '../config.ts'
import { basicCaptioner } from './basic.ts'
import { buildCaptioner } from './build-captioner.ts'
import { builtinCaptioner } from './builtin.ts'
import type { Captioner, Captioners } from './captioner.ts'

export type BuiltCaptioners = {
  captioners: Captioners
  /** Of each that should be there and is not: why, and the way out. */
  leftOut: readonly string[]
}

type Settings = Pick<Config, 'openai' | 'builtin' | 'images' | 'hub'>
type Options = { fetch?: typeof globalThis.fetch }

/**
 * In the order of preference: configured servers first, then the built-in model, `basic` last. `basic`
 * is the default only when it is alone; it never stands in for one that failed. A model that is absent
 * or damaged is left out, and stops nothing else.
 */
export async function buildCaptioners(
  { openai, builtin, images, hub }: Settings,
  { fetch = globalThis.fetch }: Options = {},
): Promise<BuiltCaptioners> {
  const captioners: Captioner[] = []
  const leftOut: string[] = []
  if (openai)
    captioners.push(await buildCaptioner(toSettings(openai), { ...openai, fetch, images, hub }))
  if (builtin) {
    const { folder = builtinModelFolder() } = builtin
    try {
      captioners.push(await builtinCaptioner({ folder, maxPixels: images.maxPixels }))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      leftOut.push(`The built-in captioner is left out: ${error.message} ${WAY_OUT}`)
    }
  }
  return { captioners: [...captioners, basicCaptioner()], leftOut }
}

/** Generous, for it may be a small machine at home. */
const toSettings = ({
  baseUrl,
  model,
}: NonNullable<Config['openai']>): SettingsOfKind<'openai-compatible'> => ({
  kind: 'openai-compatible',
  name: `openai:${model}`,
  enabled: true,
  baseUrl,
  models: [model],
  limits: {},
  sampling: { maxTokens: 400 },
  timeoutSeconds: 120,
})

const WAY_OUT =
  'Install Descry again, name another model folder with DESCRY_BUILTIN_MODEL, or set that to none.'
