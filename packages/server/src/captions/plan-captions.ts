import type { Captioner, Captioners } from '@descry/captioners'
import { missingStyles, selectCaptioner } from '@descry/captioners'
import type { CaptioningRules, CaptionOptions, ChosenOptions, Style } from '@descry/contract'
import { getCaptioningRules } from '../captioners/captioning-rules.ts'
import { findPrompt } from '../db/prompts.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

/** Who is asked for the captions of a request, for which styles, and under which rules. */
export type CaptionPlan = {
  steps: Captioners
  /** The captioner that was asked for by name. */
  chosen: Captioner | undefined
  options: ChosenOptions
  rules: CaptioningRules
  /** The saved prompt asked for, and its style. */
  prompt: { style: Style; template: string } | undefined
}

type Wish = {
  organizationId: string
  options: CaptionOptions
  /** Brought by the request. */
  apiKey?: string | undefined
}

/** Refuses what nobody here can do, before anything is asked. */
export async function planCaptions(
  { db, captioners, defaultRules }: Pick<Deps, 'db' | 'captioners' | 'defaultRules'>,
  { organizationId, options, apiKey }: Wish,
): Promise<CaptionPlan> {
  const [{ captioners: known, problems }, rules, prompt] = await Promise.all([
    captioners.of(organizationId),
    getCaptioningRules({ db, defaultRules }, organizationId),
    loadPrompt(db, organizationId, options.prompt),
  ])
  const problem = options.captioner === undefined ? undefined : problems.get(options.captioner)
  if (problem !== undefined) throw new AppError('captioner-refused', problem)
  const wished = { name: options.captioner, styles: options.styles ?? [] }
  const chosen = options.captioner === undefined ? undefined : selectCaptioner(known, wished)
  const steps = chosen ? [chosen] : listSteps(known, rules)
  const styles = chooseStyles(steps, known, { ...options, promptStyle: prompt?.style })
  requireSettings(
    known.filter(({ name }) => steps.some((step) => step.name === name)),
    options,
  )
  if (apiKey !== undefined) requireKeyTaker(steps)
  return { steps, chosen, options: { ...options, styles }, rules, prompt }
}

/** The chain, or everyone in the order of preference; `basic`, which cannot see, only when it is alone. */
function listSteps(known: Captioners, { chain }: CaptioningRules): Captioners {
  const seeing = known.filter(({ kind }) => kind !== 'basic')
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

function chooseStyles(
  steps: Captioners,
  known: Captioners,
  { styles, promptStyle }: Pick<CaptionOptions, 'styles'> & { promptStyle: Style | undefined },
): Style[] {
  if (steps.length === 0) {
    throw new AppError(
      'unsupported-option',
      'No captioner of the chain is there any more. Choose others in the settings.',
    )
  }
  const canWrite = (style: Style) => steps.some((captioner) => captioner.styles.includes(style))
  if (styles) {
    if (promptStyle && !styles.includes(promptStyle)) {
      throw new AppError(
        'invalid-input',
        `The prompt is for ${promptStyle} captions, which were not asked for.`,
      )
    }
    if (styles.every(canWrite)) return styles
    const [first = known[0]] = steps
    if (first && missingStyles(first, styles).length > 0) {
      selectCaptioner(known, { name: first.name, styles }) // says who could
    }
    throw new AppError('unsupported-option', `Nobody here writes ${styles.join(', ')} captions.`)
  }
  if (promptStyle) return [promptStyle]
  const usual = (['concise', 'creative'] as const).filter(canWrite)
  return usual.length > 0 ? usual : [...(steps[0]?.styles ?? [])].slice(0, 1)
}

/** Options that nobody would look at are refused, not ignored. */
function requireSettings(steps: Captioners, options: CaptionOptions): void {
  const { language, prompt, temperature, maxTokens } = options
  const follows = steps.some(({ styles }) => styles.includes('creative')) // takes instructions
  const samples = steps.some(({ sampling }) => sampling !== undefined)
  const ignored = [
    ...(follows ? [] : [{ language: language === 'en' ? undefined : language, prompt }]),
    ...(samples ? [] : [{ temperature, maxTokens }]),
  ].flatMap(Object.entries)
  const [name] = ignored.find(([, value]) => value !== undefined) ?? []
  if (name === undefined) return
  throw new AppError(
    'unsupported-option',
    `No captioner that would be asked takes \`${name}\`: ${steps.map((one) => one.name).join(', ')}.`,
  )
}

/** The key of a request is for the first step; a captioner of this machine would not look at it. */
function requireKeyTaker([first]: Captioners): void {
  if (!first || first.sendsPixelsTo !== null) return
  throw new AppError(
    'unsupported-option',
    `${first.name}, which is asked first, takes no key. Leave out x-captioner-key, or name a captioner that does.`,
  )
}

async function loadPrompt(db: Deps['db'], organizationId: string, name: string | undefined) {
  if (name === undefined) return undefined
  const found = await findPrompt(db, organizationId, name)
  if (found) return { style: found.style, template: found.template }
  throw new AppError('invalid-input', `There is no prompt called ${name}.`)
}
