import {
  AppError,
  type CaptionOptions,
  type Chain,
  type MissingStyle,
  type Style,
} from '@descry/contract'
import type { Captioner, Captioners } from '../captioner/captioner.ts'
import { withTriggerPrefix } from '../captioner/trigger-prefix.ts'
import { requireOneStyle, selectCaptioner } from './select-captioner.ts'

type Request = {
  /** All there are, in the order of preference. */
  known: Captioners
  chain: Chain | null
  options: CaptionOptions
  /** The style of the saved prompt that is asked for. */
  promptStyle?: Style | undefined
  /** Brought by the request. */
  apiKey?: string | undefined
}

/** Who is asked for the captions of a request, in that order, and for which styles. */
export type CaptionerPlan = {
  captioners: Captioners
  styles: Style[]
  /** Styles that were asked for and that none of them writes. */
  missing: MissingStyle[]
}

/** Refuses what nobody here can do, before anything is asked. */
export function planCaptioners({
  known: all,
  chain,
  options,
  promptStyle,
  apiKey,
}: Request): CaptionerPlan {
  const known = options.trigger === undefined ? all : all.map(withTriggerPrefix)
  const captioners =
    options.captioner === undefined
      ? listCaptioners(known, chain)
      : [selectCaptioner(known, options.captioner)]
  const wanted = chooseStyles(captioners, { styles: options.styles, promptStyle })
  const able = (style: Style) => captioners.some((one) => one.styles.includes(style))
  const styles = wanted.filter(able)
  const [first] = captioners
  if (styles.length === 0 && first) requireOneStyle(first, { known, wanted })
  requireSettings(
    known.filter(({ name }) => captioners.some((captioner) => captioner.name === name)),
    options,
  )
  if (apiKey !== undefined) requireKeyTaker(captioners)
  return { captioners, styles, missing: wanted.filter((style) => !able(style)).map(toMissing) }
}

/** The chain, or everyone in the order of preference; one that cannot see only when it is alone. */
function listCaptioners(known: Captioners, chain: Chain | null): Captioners {
  const seeing = known.filter(({ sees }) => sees)
  if (!chain) return seeing.length > 0 ? seeing : known
  return chain.steps.flatMap(({ captioner, styles }) => {
    const found = seeing.find(({ name }) => name === captioner)
    if (!found) return [] // disabled or removed since
    return styles ? [onlyFor(found, styles)] : [found]
  })
}

/** The same captioner, fallbacks as well, for some of its styles. */
const onlyFor = (captioner: Captioner, styles: readonly Style[]): Captioner => ({
  ...captioner,
  styles: captioner.styles.filter((style) => styles.includes(style)),
  fallbacks: (captioner.fallbacks ?? []).map((fallback) => onlyFor(fallback, styles)),
})

const toMissing = (style: Style): MissingStyle => ({
  style,
  reason: `No captioner that would be asked writes ${style} captions.`,
})

function chooseStyles(
  captioners: Captioners,
  { styles, promptStyle }: { styles: Style[] | undefined; promptStyle: Style | undefined },
): Style[] {
  if (captioners.length === 0) {
    throw new AppError(
      'unsupported-option',
      'No captioner of the chain is there any more. Choose others in the settings.',
    )
  }
  if (styles && promptStyle && !styles.includes(promptStyle)) {
    throw new AppError(
      'invalid-input',
      `The prompt is for ${promptStyle} captions, which were not asked for.`,
    )
  }
  if (styles) return styles
  if (promptStyle) return [promptStyle]
  const usual = (['concise', 'creative'] as const).filter((style) =>
    captioners.some((one) => one.styles.includes(style)),
  )
  return usual.length > 0 ? usual : [...(captioners[0]?.styles ?? [])].slice(0, 1)
}

/** Options that nobody would look at are refused, not ignored. */
function requireSettings(captioners: Captioners, options: CaptionOptions): void {
  const { language, prompt, temperature, maxTokens } = options
  const follows = captioners.some(({ takesInstructions }) => takesInstructions)
  const samples = captioners.some(({ sampling }) => sampling !== undefined)
  const ignored = [
    ...(follows ? [] : [{ language: language === 'en' ? undefined : language, prompt }]),
    ...(samples ? [] : [{ temperature, maxTokens }]),
  ].flatMap(Object.entries)
  const [name] = ignored.find(([, value]) => value !== undefined) ?? []
  if (name === undefined) return
  throw new AppError(
    'unsupported-option',
    `No captioner that would be asked takes \`${name}\`: ${captioners.map((one) => one.name).join(', ')}.`,
  )
}

/** The key of a request is for the first captioner; one of this machine would not look at it. */
function requireKeyTaker([first]: Captioners): void {
  if (!first || first.sendsPixelsTo !== null) return
  throw new AppError(
    'unsupported-option',
    `${first.name}, which is asked first, takes no key. Leave out x-captioner-key, or name a captioner that does.`,
  )
}
