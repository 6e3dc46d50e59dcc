import { cleanText } from '../captioner/clean-text.ts'
import type { Requirements } from './fault.ts'
import { fitAlt, fitTraining, joinBrokenLine } from './fit-style.ts'
import { isEnglish } from './primary-language.ts'
import { stripClosing } from './strip-closing.ts'
import { stripLabel } from './strip-label.ts'
import { stripLeadIn } from './strip-lead-in.ts'
import { stripMarks } from './strip-marks.ts'
import { stripOpening } from './strip-opening.ts'
import { stripQuotes } from './strip-quotes.ts'
import { stripStopMarks } from './strip-stop-marks.ts'
import { stripThinking } from './strip-thinking.ts'

export type RepairName =
  | keyof typeof wrapping
  | 'white-space'
  | 'thinking'
  | 'broken-line'
  | 'alt-opening'
  | 'training-form'
  | 'capital'

/**
 * Takes off what is around a caption, then brings it into the form of its style. What is too long to be
 * a caption, apart from thinking before it, is left as it is.
 */
export function repairReply(reply: string, requirements: Requirements) {
  const repairs = new Set<RepairName>()
  const note = (name: RepairName, before: string, after: string) => {
    if (after !== before) repairs.add(name)
    return after
  }

  const clean = note('white-space', reply, cleanText(reply.replaceAll('\r\n', '\n')))
  let unwrapped = note('thinking', clean, stripThinking(clean))
  const rounds = unwrapped.length > longestCaption ? 0 : deepestWrapping
  for (let round = 0; round < rounds; round++) {
    const before = unwrapped
    for (const name of wrappingNames) unwrapped = note(name, unwrapped, wrapping[name](unwrapped))
    if (unwrapped === before) break
  }

  let text = note('broken-line', unwrapped, joinBrokenLine(unwrapped))
  if (requirements.style === 'alt') text = note('alt-opening', text, fitAlt(text))
  if (requirements.style === 'training') text = note('training-form', text, fitTraining(text))
  else if (isEnglish(requirements.language) && !clean.startsWith(text)) {
    text = note('capital', text, withCapital(text))
  }
  return { unwrapped, text, repairs: [...repairs] }
}

/** Outermost first; a round takes one layer, as in a label around quotes around bold text. */
const wrapping = {
  'stop-marks': stripStopMarks,
  marks: stripMarks,
  label: stripLabel,
  opening: stripOpening,
  quotes: stripQuotes,
  'lead-in': stripLeadIn,
  closing: stripClosing,
}
const wrappingNames = Object.keys(wrapping) as (keyof typeof wrapping)[]

/** Far above every style: a paragraph for training has some 600 characters. */
export const longestCaption = 20_000

/** More layers than that are not around a caption. */
const deepestWrapping = 6

/** Leaves names such as "iPhone" alone. */
const withCapital = (text: string) =>
  /^\p{Ll}(?!\p{Lu})/u.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text
