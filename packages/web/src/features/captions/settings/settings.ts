import { type CaptionerInfo, type CaptionOptions, type Prompt, Style } from '@descry/contract'
import { z } from 'zod'
import { takesInstructions } from '../../../lib/captioners/capabilities.ts'
import type { ChainMember } from '../../../lib/captioners/chain-members.ts'

const Text = z.string().catch('')

/** What was chosen on the page. Empty or absent: as it comes. */
const Settings = z.object({
  captioner: z.string().optional().catch(undefined),
  styles: z.array(Style).min(1).optional().catch(undefined),
  trigger: Text,
  language: Text,
  prompt: Text,
})
export type Settings = z.infer<typeof Settings>

const STORAGE_KEY = 'descry-caption-settings'

export function readSettings(storage: Pick<Storage, 'getItem'>): Settings {
  const stored = Settings.safeParse(parseJson(storage.getItem(STORAGE_KEY)))
  return stored.data ?? Settings.parse({})
}

export function writeSettings(storage: Pick<Storage, 'setItem'>, settings: Settings): void {
  storage.setItem(STORAGE_KEY, JSON.stringify(settings))
}

/** What there is to choose from today. */
export type Offer = {
  captioners: readonly CaptionerInfo[]
  chain: readonly ChainMember[]
  prompts: readonly Prompt[]
}

export type ResolvedSettings = {
  /** Absent: the chain. */
  captioner: CaptionerInfo | undefined
  /** Styles to choose from. */
  offered: Style[]
  styles: Style[]
  /** Somebody can be told a language and a prompt. */
  canInstruct: boolean
  /** Prompts for those styles. */
  prompts: Prompt[]
  options: Partial<CaptionOptions>
}

/**
 * What was chosen, as far as it is on offer: a captioner that is gone gives way to the chain, styles that
 * nobody writes are left out, and there is always at least one. Without a choice: concise and creative,
 * if one captioner writes both.
 */
export function resolveSettings(
  settings: Settings,
  { captioners, chain, prompts }: Offer,
): ResolvedSettings {
  const captioner = captioners.find(({ name }) => name === settings.captioner)
  const writers = captioner ? [{ captioner, styles: captioner.styles }] : chain
  const canInstruct = writers.some((writer) => takesInstructions(writer.captioner))
  const offered = Style.options.filter((style) =>
    writers.some(({ styles }) => styles.includes(style)),
  )
  const wanted = offered.filter((style) => settings.styles?.includes(style))
  const styles = wanted.length > 0 ? wanted : usualStyles(writers, offered)
  const fitting = canInstruct ? prompts.filter(({ style }) => styles.includes(style)) : []
  const prompt = fitting.find(({ name }) => name === settings.prompt)?.name
  const trigger = styles.includes('training') ? settings.trigger.trim() : ''
  return {
    captioner,
    offered,
    styles,
    canInstruct,
    prompts: fitting,
    options: {
      ...(styles.length > 0 && { styles }),
      ...(captioner && { captioner: captioner.name }),
      ...(trigger && { trigger }),
      ...(canInstruct && settings.language && { language: settings.language }),
      ...(prompt && { prompt }),
    },
  }
}

/** The same for one style alone, as far as it concerns that style. */
export function optionsFor(
  style: Style,
  { options, prompts }: Pick<ResolvedSettings, 'options' | 'prompts'>,
): Partial<CaptionOptions> {
  const { language, trigger, prompt } = options
  const isForIt = prompts.some((each) => each.name === prompt && each.style === style)
  return {
    styles: [style],
    ...(language && { language }),
    ...(trigger && style === 'training' && { trigger }),
    ...(prompt && isForIt && { prompt }),
  }
}

function usualStyles(writers: readonly { styles: readonly Style[] }[], offered: Style[]): Style[] {
  const usual = ['concise', 'creative'] as const
  const writesBoth = writers.some(({ styles }) => usual.every((style) => styles.includes(style)))
  if (writesBoth) return [...usual]
  return offered.slice(0, 1) // concise, where anybody writes it: it comes first
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
