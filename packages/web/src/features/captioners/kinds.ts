import {
  type CaptionerInfo,
  type CaptionerSettings,
  captionerKinds,
  urlOfCaptioner,
} from '@descry/contract'

/** How kinds of captioners are called, in forms and lists. What a captioner can do, the server says of each. */
export const kindLabels = {
  ...Object.fromEntries(captionerKinds.map(({ kind, label }) => [kind, label])),
  builtin: 'Built-in model',
  basic: 'Measures pixels only',
} as Record<CaptionerInfo['kind'], string>

/** Where a captioner comes from that was not set up on the page. */
export function originOf({ kind }: CaptionerInfo): string {
  if (kind === 'builtin') {
    return 'Comes with Descry. Set DESCRY_BUILTIN_MODEL on the server to use another model, or none.'
  }
  if (kind === 'basic') return 'Comes with Descry. It is asked only if it is chosen.'
  return 'Set by environment variables of the server: OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_VISION_MODEL.'
}

/** The host that images are sent to with these settings; null: they stay on this machine. */
export function hostOf(settings: CaptionerSettings): string | null {
  const url = urlOfCaptioner(settings)
  return url === null ? null : new URL(url).host
}

/** OpenAI itself, rather than another server with the same API. */
export const isOpenAI = (settings: CaptionerSettings): boolean =>
  settings.kind === 'openai-compatible' && hostOf(settings) === 'api.openai.com'
