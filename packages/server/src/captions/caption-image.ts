import type { Captioner, CaptionOutput } from '@descry/captioners'
import { fillPrompt, judgeCaption, runCaptioner } from '@descry/captioners'
import type { CaptionOptions, Sampling, Style, Trace } from '@descry/contract'
import { isAllowed } from '../captioners/is-allowed.ts'
import { findCurrentCaption } from '../db/current-captions.ts'
import { insertSentImage } from '../db/sent-images.ts'
import type { CaptionRow } from '../db/tables.ts'
import type { Deps } from '../deps.ts'
import { AppError } from '../errors.ts'
import type { StoredImage } from '../images/find-stored-image.ts'
import { type CaptionPlan, planCaptions } from './plan-captions.ts'
import { recipeOf } from './recipe.ts'

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
    }

type MadeCaption = {
  output: CaptionOutput & { ms: number }
  prompt: string
  sampling: Sampling
  /** Null: its captioner was asked without a chain. */
  trace: Trace | null
}

type Wish = {
  organizationId: string
  image: StoredImage
  options: CaptionOptions
  jobId?: string
  /** Brought by the request: used for it, never kept. */
  apiKey?: string | undefined
}

type Running = { signal: AbortSignal; onDraft?: (done: number) => Promise<void> }

type CaptionDeps = Pick<Deps, 'db' | 'captioners' | 'chain' | 'defaultRules'>

/**
 * One draft for each style, in that order. Nothing is written here but what leaves the machine, so that
 * the caller can store all of them in the transaction that also finishes its work.
 */
export async function captionImage(
  deps: CaptionDeps,
  wish: Wish,
  { signal, onDraft }: Running,
): Promise<Draft[]> {
  const plan = await planCaptions(deps, wish)
  const drafts: Draft[] = []
  let spent = 0
  for (const style of plan.options.styles) {
    const draft = await captionInStyle(deps, { ...wish, plan, style, spent }, signal)
    if (draft.kind === 'new') spent += draft.made.trace?.cost ?? 0
    drafts.push(draft)
    await onDraft?.(drafts.length)
  }
  return drafts
}

type StyleWish = Wish & { plan: CaptionPlan; style: Style; spent: number }

async function captionInStyle(
  deps: CaptionDeps,
  wish: StyleWish,
  signal: AbortSignal,
): Promise<Draft> {
  const { organizationId, image, plan, style } = wish
  const prompt = promptOf(plan, style)
  const sampling = samplingOf(plan)
  const settings = { ...plan.options, style, prompt, sampling }
  const able = plan.steps.filter(({ styles }) => styles.includes(style))
  const [first] = able
  if (!first) throw new AppError('unsupported-option', `Nobody here writes ${style} captions.`)
  if (!plan.options.fresh) {
    // Of any captioner of the chain: what another answered while the first was away was paid for, too.
    const recipes = able.flatMap(withFallbacks).map((captioner) => recipeOf(captioner, settings))
    const address = { organizationId, imageId: image.row.id, recipes }
    const row = await findCurrentCaption(deps.db, address)
    if (row) return { kind: 'existing', style, row }
  }

  const { fresh, force } = plan.options
  const input = { ...toInput(image, style), prompt, sampling, force, apiKey: wish.apiKey }
  const { captioner, ...made } =
    first.kind === 'basic'
      ? await measure(first, { input, signal })
      : await askChain(deps, { ...wish, input }, signal)
  return { kind: 'new', style, captioner, recipe: recipeOf(captioner, settings), made, fresh }
}

const withFallbacks = (captioner: Captioner): Captioner[] => [
  captioner,
  ...(captioner.fallbacks ?? []).flatMap(withFallbacks),
]

type Input = ReturnType<typeof toInput> & {
  prompt: string
  sampling: Sampling
  force: boolean | undefined
  apiKey: string | undefined
}
type Made = MadeCaption & { captioner: Captioner }

/** `basic` never fails, costs nothing and stands for nobody else: no chain is needed. */
async function measure(
  captioner: Captioner,
  { input, signal }: { input: Input; signal: AbortSignal },
): Promise<Made> {
  const output = await runCaptioner(captioner, input, { signal })
  return { captioner, output, prompt: '', sampling: {}, trace: null }
}

async function askChain(
  { db, chain }: CaptionDeps,
  { organizationId, image, plan, input, spent, jobId }: StyleWish & { input: Input },
  signal: AbortSignal,
): Promise<Made> {
  const { rules, options, steps } = plan
  const { budgets, privacy } = rules
  const mayLeave = (captioner: Captioner) => isAllowed(captioner, privacy)
  const perRequest = Math.min(options.budget ?? Infinity, budgets.perRequest ?? Infinity)
  const { captioner, output, sampling, trace } = await chain.run(steps, input, {
    organizationId,
    signal,
    mayLeave,
    judge: judgeCaption(options),
    budgets: {
      ...budgets,
      ...(perRequest < Infinity && { perRequest: Math.max(0, perRequest - spent) }),
    },
    ...patienceOf(plan, jobId),
    fallThroughRefusals: rules.chain?.fallThroughRefusals ?? false,
    ...(jobId !== undefined && { jobId }),
    onSend: (sending) =>
      insertSentImage(db, {
        organizationId,
        imageId: image.row.id,
        captioner: sending.name,
        host: sending.sendsPixelsTo ?? '',
      }),
  })
  return { captioner, output, sampling, trace, prompt: input.prompt }
}

/** Nobody waits for a job: it sits out a pause of a captioner that others would go around. */
function patienceOf({ rules: { chain } }: CaptionPlan, jobId: string | undefined) {
  const timeoutMs = (chain?.timeoutSeconds ?? (jobId === undefined ? 180 : 600)) * 1000
  return { timeoutMs, longestWaitMs: jobId === undefined ? 5000 : timeoutMs / 2 }
}

const promptOf = ({ prompt, options }: CaptionPlan, style: Style): string =>
  fillPrompt(prompt?.style === style ? prompt.template : undefined, { ...options, style })

const samplingOf = ({ options: { temperature, maxTokens } }: CaptionPlan): Sampling => ({
  ...(temperature !== undefined && { temperature }),
  ...(maxTokens !== undefined && { maxTokens }),
})

const toInput = ({ row, file, thumbnail }: StoredImage, style: Style) => ({
  file,
  thumbnail,
  mediaType: row.media_type,
  width: row.width,
  height: row.height,
  style,
})
