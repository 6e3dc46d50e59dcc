import type { FindFault, Reply, ReplyViews, Requirements } from './fault.ts'
import { findCutOff } from './find-cut-off.ts'
import { findErrorText } from './find-error-text.ts'
import { findFormatFault } from './find-format-fault.ts'
import { findLeak } from './find-leak.ts'
import { findNothing } from './find-nothing.ts'
import { findOtherLanguage } from './find-other-language.ts'
import { findPromptEcho } from './find-prompt-echo.ts'
import { findRefusal } from './find-refusal.ts'
import { findRepetition } from './find-repetition.ts'
import { findTriggerFault } from './find-trigger-fault.ts'
import { outsideQuotes } from './outside-quotes.ts'
import { longestCaption, type RepairName, repairReply } from './repair-reply.ts'
import { stripStopMarks } from './strip-stop-marks.ts'

export type Verdict =
  | { kind: 'pass'; text: string; repairs: RepairName[] }
  | { kind: 'fail'; outcome: FailedOutcome; rule: RuleName; reason: string }

/** Decides whether a reply may be stored as a caption, and in which words. */
export function checkReply(reply: Reply, requirements: Requirements): Verdict {
  const { unwrapped, text, repairs } = repairReply(reply.text, requirements)
  if (text.length > longestCaption) {
    return fail('length', `The reply has ${text.length} characters, which is no caption.`)
  }
  const views: ReplyViews = {
    text,
    unwrapped,
    outside: outsideQuotes(text),
    raw: reply.text.trim(),
  }
  for (const { rule, find } of checks) {
    const reason = find(views, { ...requirements, finish: reply.finish })
    if (reason) return fail(rule, reason)
  }
  return { kind: 'pass', text, repairs }
}

/** In this order: a loop at the limit is a loop, a refusal in the wrong language is a refusal. */
const checks = [
  { rule: 'error-text', find: findErrorText },
  { rule: 'repetition', find: findRepetition },
  { rule: 'empty', find: ({ raw }) => findNothing(stripStopMarks(raw)) },
  { rule: 'boilerplate', find: ({ text }) => findNothing(text) },
  { rule: 'leak', find: findLeak },
  { rule: 'refusal', find: findRefusal },
  { rule: 'leak', find: findPromptEcho },
  { rule: 'cut-off', find: findCutOff },
  { rule: 'format', find: findFormatFault },
  { rule: 'trigger', find: findTriggerFault },
  { rule: 'language', find: findOtherLanguage },
] as const satisfies { rule: string; find: FindFault }[]

type RuleName = (typeof checks)[number]['rule'] | 'length'

const outcomeOf = {
  empty: 'empty',
  refusal: 'refused',
  'cut-off': 'truncated',
  'error-text': 'bad-answer',
  repetition: 'unfit',
  boilerplate: 'unfit',
  leak: 'unfit',
  format: 'unfit',
  trigger: 'unfit',
  language: 'unfit',
  length: 'unfit',
} as const satisfies Record<RuleName, string>

type FailedOutcome = (typeof outcomeOf)[RuleName]

const fail = (rule: RuleName, reason: string): Verdict => ({
  kind: 'fail',
  outcome: outcomeOf[rule],
  rule,
  reason,
})
