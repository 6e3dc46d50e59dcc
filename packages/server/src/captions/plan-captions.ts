import { type Captioners, planCaptioners } from '@descry/captioners'
import type {
  CaptioningRules,
  CaptionOptions,
  ChosenOptions,
  MissingStyle,
  Style,
} from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { getCaptioningRules } from '../captioners/captioning-rules.ts'
import { findPrompt } from '../db/prompts.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'

/** Who is asked for the captions of a request, for which styles, and under which rules. */
export type CaptionPlan = {
  captioners: Captioners
  options: ChosenOptions
  /** Styles that were asked for and that nobody writes. */
  missing: MissingStyle[]
  rules: CaptioningRules
  /** The saved prompt asked for, and its style. */
  prompt: { style: Style; template: string } | undefined
}

type Request = {
  options: CaptionOptions
  /** Brought by the request. */
  apiKey?: string | undefined
}

/** Refuses what nobody here can do, before anything is asked. */
export async function planCaptions(
  caller: Caller,
  { db, captioners: registry, defaultRules }: Pick<Deps, 'db' | 'captioners' | 'defaultRules'>,
  { options, apiKey }: Request,
): Promise<CaptionPlan> {
  const { organizationId } = caller
  const [{ captioners: known, problems }, rules, prompt] = await Promise.all([
    registry.of(organizationId),
    getCaptioningRules(caller, { db, defaultRules }),
    loadPrompt(db, organizationId, options.prompt),
  ])
  const problem = options.captioner === undefined ? undefined : problems.get(options.captioner)
  if (problem !== undefined) throw new AppError('captioner-refused', problem)
  const { captioners, styles, missing } = planCaptioners({
    ...{ known, options, apiKey },
    chain: rules.chain,
    promptStyle: prompt?.style,
  })
  return { captioners, options: { ...options, styles }, missing, rules, prompt }
}

async function loadPrompt(db: Deps['db'], organizationId: string, name: string | undefined) {
  if (name === undefined) return undefined
  const found = await findPrompt(db, organizationId, name)
  if (found) return { style: found.style, template: found.template }
  throw new AppError('invalid-input', `There is no prompt called ${name}.`)
}
