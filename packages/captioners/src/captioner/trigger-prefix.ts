import type { Style } from '@descry/contract'
import type { Captioner } from './captioner.ts'

/**
 * The same captioner, fallbacks as well, that writes training captions with a trigger word although it
 * takes no prompt: its sentence gets "photo of WORD" in front.
 */
export function withTriggerPrefix(captioner: Captioner): Captioner {
  const { styles, takesInstructions, fallbacks } = captioner
  const kept = fallbacks && { fallbacks: fallbacks.map(withTriggerPrefix) }
  if (takesInstructions || styles.includes('training') || !styles.includes('concise')) {
    return { ...captioner, ...kept }
  }
  return { ...captioner, ...kept, styles: [...styles, 'training'], prefixesTrigger: true }
}

/** The word that goes in front of this caption; nothing where the captioner was told it. */
export const prefixedTrigger = (
  { prefixesTrigger }: Pick<Captioner, 'prefixesTrigger'>,
  { style, trigger }: { style: Style; trigger?: string | undefined },
): string | undefined => (prefixesTrigger && style === 'training' ? trigger : undefined)

/** "photo of sks a dog runs on a beach" */
export const prefixTrigger = (text: string, trigger: string): string =>
  `photo of ${trigger} ${withoutCapital(text.replace(opening, ''))}`

const opening = /^(?:(?:an?|the) )?(?:photo|photograph|picture|image) of /i

/** Names and abbreviations keep theirs; of those only what a sentence can begin with anyway is changed. */
const withoutCapital = (text: string) =>
  text.replace(/^(?:An?|The|Two|Three|Four|Several|Some|Many|People|Person|Man|Woman)\b/, (word) =>
    word.toLowerCase(),
  )

/** For the trace and the terminal. */
export const describePrefix = (captioner: string, trigger: string): string =>
  `${captioner} takes no prompt, so "photo of ${trigger}" was put in front of its caption.`
