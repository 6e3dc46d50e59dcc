import type { CaptioningRules, SettingsOfKind } from '@descry/contract'
import { builtinModelFolder, ModelError } from '@descry/ml'
import { buildCaptioner } from './build-captioner.ts'
import type { Captioner, Captioners } from './captioner/captioner.ts'
import type { CaptionerConfig } from './captioner-config.ts'
import { basicCaptioner } from './local/basic.ts'
import { builtinCaptioner } from './local/builtin.ts'
import { readCaptionersFile } from './read-captioners-file.ts'

export type BuiltCaptioners = {
  captioners: Captioners
  /** Of each that should be there and is not: why, and how to fix it. */
  leftOut: readonly string[]
  /** Until others are made in the page. */
  rules: CaptioningRules
}

type Settings = Pick<CaptionerConfig, 'openai' | 'builtin' | 'images' | 'hub'> &
  Partial<Pick<CaptionerConfig, 'captionersFile'>>
type Options = { fetch?: typeof globalThis.fetch }

/**
 * In the order of preference: those of the file, the configured server, then the built-in model, `basic` last. `basic`
 * is the default only when it is alone; it never stands in for one that failed. A model that is absent
 * or damaged is left out, and stops nothing else.
 */
export async function buildCaptioners(
  { captionersFile, openai, builtin, images, hub }: Settings,
  { fetch = globalThis.fetch }: Options = {},
): Promise<BuiltCaptioners> {
  const captioners: Captioner[] = []
  const leftOut: string[] = []
  const file = captionersFile === undefined ? undefined : await readCaptionersFile(captionersFile)
  for (const { settings, key } of file?.captioners ?? []) {
    if (!settings.enabled) continue
    try {
      captioners.push(await buildCaptioner(settings, { apiKey: key, fetch, images, hub }))
    } catch (error) {
      if (!(error instanceof Error)) throw error
      leftOut.push(`The captioner ${settings.name} is left out: ${error.message}`)
    }
  }
  if (openai)
    captioners.push(await buildCaptioner(toSettings(openai), { ...openai, fetch, images, hub }))
  if (builtin) {
    const { folder = builtinModelFolder() } = builtin
    try {
      captioners.push(await builtinCaptioner({ folder, maxPixels: images.maxPixels }))
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
      leftOut.push(`The built-in captioner is left out: ${error.message} ${HOW_TO_FIX}`)
    }
  }
  return { captioners: [...captioners, basicCaptioner()], leftOut, rules: file?.rules ?? noRules }
}

/** Generous, for it may be a small machine at home. */
const toSettings = ({
  baseUrl,
  model,
}: NonNullable<CaptionerConfig['openai']>): SettingsOfKind<'openai-compatible'> => ({
  kind: 'openai-compatible',
  name: `openai:${model}`,
  enabled: true,
  baseUrl,
  models: [model],
  limits: {},
  sampling: { maxTokens: 400 },
  timeoutSeconds: 120,
})

const HOW_TO_FIX =
  'Install Descry again, name another model folder with DESCRY_BUILTIN_MODEL, or set that to none.'

export const noRules: CaptioningRules = {
  chain: null,
  privacy: { pixels: 'anywhere', captioners: [] },
  budgets: {},
}
