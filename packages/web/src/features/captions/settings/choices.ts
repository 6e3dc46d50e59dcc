import { type CaptionerInfo, type CaptionOptions, type Prompt, Style } from '@descry/contract'
import { z } from 'zod'
import type { ChainMember } from '../../../lib/captioners/chain-members.ts'

const Text = z.string().catch('')

/** What was chosen on the page. Empty or absent: the default. */
const Choices = z.object({
  captioner: z.string().optional().catch(undefined),
  styles: z.array(Style).min(1).optional().catch(undefined),
  trigger: Text,
  language: Text,
  prompt: Text,
})
export type Choices = z.infer<typeof Choices>

const STORAGE_KEY = 'descry-caption-settings'

export function readChoices(storage: Pick<Storage, 'getItem'>): Choices {
  const stored = Choices.safeParse(parseJson(storage.getItem(STORAGE_KEY)))
  return stored.data ?? Choices.parse({})
}

export function writeChoices(storage: Pick<Storage, 'setItem'>, choices: Choices): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(choices))
}

/** What can be chosen at present. */
export type Available = {
  captioners: readonly CaptionerInfo[]
  chain: readonly ChainMember[]
  prompts: readonly Prompt[]
}

export type ResolvedSettings = {
  /** Absent: the chain. */
  captioner: CaptionerInfo | undefined
  /** The styles to choose from. */
  offered: Style[]
  styles: Style[]
  /** Whether any captioner that would be asked takes a language and a prompt. */
  canInstruct: boolean
  /** The prompts for the chosen styles. */
  prompts: Prompt[]
  options: Partial<CaptionOptions>
}

/**
 * The options of the next request: the choices, as far as they are available. The chain replaces a captioner
 * that was removed. Styles that nobody writes are left out, but there is always at least one. By default
 * these are concise and creative, if one captioner writes both.
 */
export function resolveChoices(
  choices: Choices,
  { captioners, chain, prompts }: Available,
): ResolvedSettings {
  const captioner = captioners.find(({ name }) => name === choices.captioner)
  const writers = captioner ? [{ captioner, styles: captioner.styles }] : chain
  const canInstruct = writers.some((writer) => writer.captioner.takesInstructions)
  const offered = Style.options.filter((style) =>
    writers.some(({ styles }) => styles.includes(style)),
  )
  const wanted = offered.filter((style) => choices.styles?.includes(style))
  const styles = wanted.length > 0 ? wanted : defaultStyles(writers, offered)
  const fittingPrompts = canInstruct ? prompts.filter(({ style }) => styles.includes(style)) : []
  const prompt = fittingPrompts.find(({ name }) => name === choices.prompt)?.name
  const trigger = styles.includes('training') ? choices.trigger.trim() : ''
  return {
    captioner,
    offered,
    styles,
    canInstruct,
    prompts: fittingPrompts,
    options: {
      ...(styles.length > 0 && { styles }),
      ...(captioner && { captioner: captioner.name }),
      ...(trigger && { trigger }),
      ...(canInstruct && choices.language && { language: choices.language }),
      ...(prompt && { prompt }),
    },
  }
}

/** The options of a request for a single style: those that apply to it. */
export function optionsFor(
  style: Style,
  { options, prompts }: Pick<ResolvedSettings, 'options' | 'prompts'>,
): Partial<CaptionOptions> {
  const { language, trigger, prompt } = options
  const isForStyle = prompts.some((each) => each.name === prompt && each.style === style)
  return {
    styles: [style],
    ...(language && { language }),
    ...(trigger && style === 'training' && { trigger }),
    ...(prompt && isForStyle && { prompt }),
  }
}

function defaultStyles(
  writers: readonly { styles: readonly Style[] }[],
  offered: Style[],
): Style[] {
  const both = ['concise', 'creative'] as const
  const writesBoth = writers.some(({ styles }) => both.every((style) => styles.includes(style)))
  if (writesBoth) return [...both]
  return offered.slice(0, 1) // concise, if anybody writes it, since it comes first
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
