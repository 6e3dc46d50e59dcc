import type { CaptionInput, CaptionOutput } from '../captioner/captioner.ts'
import { cleanText } from '../captioner/clean-text.ts'
import { prefixTrigger } from '../captioner/trigger-prefix.ts'
import { checkReply } from '../quality/check-reply.ts'

/** Decides whether an answer may be stored as a caption, and in which words. */
export type Check = (output: CaptionOutput, input: CheckedInput) => Verdict | Promise<Verdict>

/** What the answer is checked for: it names the subject, and is in this language (English if absent). */
export type CheckedInput = Pick<CaptionInput, 'style' | 'prompt'> & {
  trigger?: string | undefined
  language?: string | undefined
}

type Verdict =
  | { kind: 'pass'; text: string }
  | {
      kind: 'fail'
      outcome: 'empty' | 'refused' | 'truncated' | 'unfit' | 'bad-answer'
      reason: string
    }

/** Checks only what has words, and passes only words that can be stored. */
export async function checkAnswer(
  output: CaptionOutput,
  input: CheckedInput,
  check: Check = qualityGate,
): Promise<Verdict> {
  const text = cleanText(output.text)
  const verdict = text ? await check({ ...output, text }, input) : EMPTY
  if (verdict.kind === 'fail') return verdict
  const kept = cleanText(verdict.text)
  return kept ? { kind: 'pass', text: kept } : EMPTY
}

/** Of a captioner that takes no prompt: its sentence, and then the training caption that is made of it. */
export async function checkPrefixed(
  output: CaptionOutput,
  { trigger, ...input }: CheckedInput & { trigger: string },
  check: Check = qualityGate,
): Promise<Verdict> {
  const verdict = await checkAnswer(output, { ...input, style: 'concise' }, check)
  if (verdict.kind === 'fail') return verdict
  const text = prefixTrigger(verdict.text, trigger)
  return checkAnswer({ ...output, text }, { ...input, trigger }, check)
}

const qualityGate: Check = ({ text, finish }, { style, prompt, trigger, language }) =>
  checkReply({ text, finish }, { style, prompt, trigger, language })

const EMPTY: Verdict = { kind: 'fail', outcome: 'empty', reason: 'It has no text.' }
