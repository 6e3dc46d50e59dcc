import type { CaptionerInfo, ConfiguredCaptioner, Style } from '@descry/contract'
import { kindLabels } from '../kind-labels.ts'
import { presetOf } from '../presets.ts'
import { settingsHost } from '../settings-host.ts'

/** A captioner of the list, wherever it comes from. */
export type CaptionerEntry = {
  name: string
  title: string
  host: string | null
  styles: readonly Style[]
  /** The privacy rules keep pictures from it. */
  isForbidden: boolean
  /** Set up here, so that it can be changed; or else where it comes from. */
  from: ConfiguredCaptioner | string
}

/** Those that were set up here, in an order that no switch changes, then those that come with the server. */
export function mergeCaptioners(
  captioners: readonly CaptionerInfo[],
  configured: readonly ConfiguredCaptioner[],
): CaptionerEntry[] {
  const own = configured.map((from): CaptionerEntry => {
    const { settings } = from
    const info = captioners.find(({ name }) => name === settings.name)
    return {
      name: settings.name,
      title: presetOf(settings).title,
      host: info ? info.sendsPixelsTo : settingsHost(settings),
      styles: info?.styles ?? [],
      isForbidden: info?.mayBeAsked === false,
      from,
    }
  })
  const others = captioners
    .filter(({ name }) => own.every((entry) => entry.name !== name))
    .map(
      (info): CaptionerEntry => ({
        name: info.name,
        title: kindLabels[info.kind],
        host: info.sendsPixelsTo,
        styles: info.styles,
        isForbidden: info.mayBeAsked === false,
        from: originOf(info),
      }),
    )
  return [...own, ...others]
}

function originOf({ kind }: CaptionerInfo): string {
  if (kind === 'builtin') {
    return 'Comes with Descry. DESCRY_BUILTIN_MODEL on the server names another model, or none.'
  }
  if (kind === 'basic') return 'Comes with Descry. It is asked only when it is chosen.'
  return 'Set in the environment of the server: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_VISION_MODEL.'
}
