import type { Outcome } from '@descry/contract'
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
  | { kind: 'fail'; outcome: Check['outcome']; rule: Check['rule'] | 'length'; reason: string }

/** Decides whether a reply may be stored as a caption, and in which words. */
export function checkReply(reply: Reply, requirements: Requirements): Verdict {
  const { unwrapped, text, repairs } = repairReply(reply.text, requirements)
  if (text.length > longestCaption) {
    const reason = `The reply has ${text.length} characters, which is no caption.`
    return { kind: 'fail', outcome: 'unfit', rule: 'length', reason }
  }
  const views: ReplyViews = {
    text,
    unwrapped,
    outside: outsideQuotes(text),
    raw: reply.text.trim(),
  }
  for (const { rule, outcome, find } of checks) {
    const reason = find(views, { ...requirements, finish: reply.finish })
    if (reason) return { kind: 'fail', outcome, rule, reason }
  }
  return { kind: 'pass', text, repairs }
}

/** In this order: a loop at the limit is a loop, a refusal in the wrong language is a refusal. */
const checks = [
  { rule: 'error-text', outcome: 'bad-answer', find: findErrorText },
  { rule: 'repetition', outcome: 'unfit', find: findRepetition },
  { rule: 'empty', outcome: 'empty', find: ({ raw }) => findNothing(stripStopMarks(raw)) },
  { rule: 'boilerplate', outcome: 'unfit', find: ({ text }) => findNothing(text) },
  { rule: 'leak', outcome: 'unfit', find: findLeak },
  { rule: 'refusal', outcome: 'refused', find: findRefusal },
  { rule: 'leak', outcome: 'unfit', find: findPromptEcho },
  { rule: 'cut-off', outcome: 'truncated', find: findCutOff },
  { rule: 'format', outcome: 'unfit', find: findFormatFault },
  { rule: 'trigger', outcome: 'unfit', find: findTriggerFault },
  { rule: 'language', outcome: 'unfit', find: findOtherLanguage },
] as const satisfies { rule: string; outcome: Outcome; find: FindFault }[]

type Check = (typeof checks)[number]
