import { type Captioner, type CaptionOutput, chainOptions, fillPrompt } from '@descry/captioners'
import type { CaptionOptions, MissingStyle, Sampling, Style, Trace } from '@descry/contract'
import type { Caller } from '../access/caller.ts'
import { findCurrentCaption } from '../db/captions.ts'
import { insertSentImage } from '../db/sent-images.ts'
import type { CaptionRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import type { StoredImage } from '../images/load-image.ts'
import { failedStyles } from './failed-styles.ts'
import { type CaptionPlan, planCaptions } from './plan-captions.ts'
import { recipeOf } from './recipe.ts'
import { withFallbacks } from './with-fallbacks.ts'

/** A caption that exists already, or one that is made and waits to be stored. */
export type Draft =
  | { kind: 'existing'; style: Style; row: CaptionRow }
  | {
      kind: 'new'
      style: Style
      captioner: Captioner
      recipe: string
      made: MadeCaption
      fresh: boolean
      /** Another request or job asked for it at the same time. */
      joined: boolean
    }

type MadeCaption = {
  output: CaptionOutput & { ms: number }
  prompt: string
  sampling: Sampling
  trace: Trace
}

type Request = {
  image: StoredImage
  options: CaptionOptions
  jobId?: string
  /** Brought by the request: used for it, never kept. */
  apiKey?: string | undefined
}

type Running = { signal: AbortSignal; onDraft?: (done: number) => Promise<void> }

type CaptionDeps = Pick<Deps, 'db' | 'captioners' | 'chain' | 'defaultRules'>

/** What came of each style. */
export type Captioned = { drafts: Draft[]; missing: MissingStyle[] }

/**
 * One draft for each style, in that order, but for those that nobody could write. It fails where there is
 * none at all. Nothing is written here but what leaves the machine, so that the caller can store all of
 * them in the transaction that also finishes its work.
 */
export async function captionImage(
  caller: Caller,
  deps: CaptionDeps,
  request: Request,
  { signal, onDraft }: Running,
): Promise<Captioned> {
  const plan = await planCaptions(caller, deps, request)
  const drafts: Draft[] = []
  const failures = failedStyles(plan.captioners)
  let spent = 0
  for (const style of plan.options.styles) {
    try {
      failures.throwIfHopeless(style)
      const draft = await captionInStyle(deps, { ...request, caller, plan, style, spent }, signal)
      if (draft.kind === 'new' && !draft.joined) spent += draft.made.trace.cost
      drafts.push(draft)
    } catch (error) {
      if (signal.aborted) throw error
      failures.add(style, error)
    }
    await onDraft?.(drafts.length + failures.count)
  }
  const writers = drafts.map((draft) => writerOf(draft))
  failures.throwUnlessEnough({ writers, mayWait: request.jobId !== undefined })
  return { drafts, missing: [...plan.missing, ...failures.list()] }
}

const writerOf = (draft: Draft) =>
  draft.kind === 'new' ? draft.captioner.name : draft.row.captioner

type StyleRequest = Request & { caller: Caller; plan: CaptionPlan; style: Style; spent: number }

async function captionInStyle(
  deps: CaptionDeps,
  request: StyleRequest,
  signal: AbortSignal,
): Promise<Draft> {
  const { image, plan, style } = request
  const { organizationId } = request.caller
  const settings = settingsOf(plan, style)
  const able = plan.captioners.filter(({ styles }) => styles.includes(style))
  // Of any captioner of the chain: what another answered while the first was away was paid for, too.
  const recipes = able.flatMap(withFallbacks).map((captioner) => recipeOf(captioner, settings))
  if (!plan.options.fresh) {
    const address = { organizationId, imageId: image.row.id, recipes }
    const row = await findCurrentCaption(deps.db, address)
    if (row) return { kind: 'existing', style, row }
  }
  const asked = { ...request, ...settings, recipes }
  const { captioner, joined = false, ...made } = await askChain(deps, asked, signal)
  const recipe = recipeOf(captioner, settings)
  const { prompt } = settings
  return {
    kind: 'new',
    style,
    captioner,
    recipe,
    made: { ...made, prompt },
    fresh: plan.options.fresh,
    joined,
  }
}

type Asked = StyleRequest & Settings & { recipes: readonly string[] }

function askChain({ db, chain }: CaptionDeps, request: Asked, signal: AbortSignal) {
  const { image, plan, spent, jobId, apiKey, ...asked } = request
  const { organizationId } = request.caller
  const { rules, options, captioners } = plan
  const { style, prompt, sampling, trigger, language, force } = asked
  const input = { ...pictureOf(image), style, prompt, sampling, trigger, language, force, apiKey }
  return chain.run(captioners, input, {
    ...chainOptions(rules, { jobId, budget: options.budget, spent }),
    ...keyOf(request),
    organizationId,
    signal,
    onSend: ({ name, sendsPixelsTo }) =>
      insertSentImage(db, {
        organizationId,
        imageId: image.row.id,
        captioner: name,
        host: sendsPixelsTo ?? '',
      }),
  })
}

/**
 * Who asks for the same caption meanwhile, in a request or a job, waits for this one. Those who ask for
 * a fresh one, with a key or a budget of their own are not served by what others paid for.
 */
function keyOf({ caller, image, plan, spent, jobId, apiKey, recipes }: Asked) {
  const { options, rules } = plan
  if (options.fresh || apiKey !== undefined) return {}
  const { perRequest, perJob } = rules.budgets
  const job = perJob === undefined ? null : jobId
  const request = perRequest === undefined && options.budget === undefined ? null : spent
  const key = [caller.organizationId, image.row.id, recipes, options.budget, job, request]
  return { key: JSON.stringify(key) }
}

type Settings = ReturnType<typeof settingsOf>

/** All that decides a caption besides the image and the captioner. */
function settingsOf({ prompt, options }: CaptionPlan, style: Style) {
  const { trigger, language, force, temperature, maxTokens } = options
  const template = prompt?.style === style ? prompt.template : undefined
  const sampling: Sampling = {
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  }
  const filled = fillPrompt(template, { style, trigger, language })
  return { style, prompt: filled, sampling, trigger, language, force }
}

const pictureOf = ({ row, file, thumbnail }: StoredImage) => ({
  file,
  thumbnail,
  mediaType: row.media_type,
  width: row.width,
  height: row.height,
})
