import type { Style } from '@descry/contract'
import { checkReply, type Verdict } from './check-reply.ts'

/** One line of the corpus; its README says what the fields mean. */
export type LabelledReply = {
  style: Style
  trigger: string | null
  language: string
  prompt: string
  finish: 'stop' | 'length' | null
  reply: string
  verdict: 'good' | 'repair' | 'bad'
  kind: string | null
  repaired?: string
}

export type Ratio = { hits: number; of: number }

/** How well the gate agrees with people. */
export function scoreReplies(replies: LabelledReply[]) {
  const judged = replies.map((reply) => ({ reply, given: judge(reply) }))
  const repairs = judged.filter(({ reply }) => reply.verdict === 'repair')
  return {
    count: judged.length,
    notAsItIs: agreement(judged, (verdict) => verdict !== 'good'),
    bad: agreement(judged, (verdict) => verdict === 'bad'),
    exactRepairs: ratio(repairs, ({ reply, given }) => given.text === reply.repaired),
    byKind: byKind(judged),
  }
}

type Judged = { reply: LabelledReply; given: ReturnType<typeof judge> }
type Label = LabelledReply['verdict']

function judge(labelled: LabelledReply) {
  const { style, trigger, language, prompt, finish, reply: text } = labelled
  const verdict = checkReply(
    { text, finish: finish ?? undefined },
    { style, trigger: trigger ?? undefined, language, prompt },
  )
  return { ...labelOf(verdict, text), rule: verdict.kind === 'fail' ? verdict.rule : undefined }
}

const labelOf = (verdict: Verdict, reply: string): { label: Label; text?: string } =>
  verdict.kind === 'fail'
    ? { label: 'bad' }
    : { label: verdict.text === reply ? 'good' : 'repair', text: verdict.text }

/** Precision: of those flagged, how many rightly. Recall: of those to be flagged, how many. */
function agreement(judged: Judged[], isFlag: (label: Label) => boolean) {
  const flagged = judged.filter(({ given }) => isFlag(given.label))
  const due = judged.filter(({ reply }) => isFlag(reply.verdict))
  return {
    precision: ratio(flagged, ({ reply }) => isFlag(reply.verdict)),
    recall: ratio(due, ({ given }) => isFlag(given.label)),
  }
}

/** For each verdict and kind: how many got that verdict, and of the bad ones, how many by its own rule. */
function byKind(judged: Judged[]) {
  const nameOf = ({ reply }: Judged) => `${reply.verdict} ${reply.kind ?? ''}`.trim()
  return [...new Set(judged.map(nameOf))].sort().map((name) => {
    const members = judged.filter((member) => nameOf(member) === name)
    return {
      name,
      verdict: ratio(members, ({ reply, given }) => given.label === reply.verdict),
      rule: ratio(members, ({ reply, given }) => given.rule === reply.kind),
    }
  })
}

const ratio = <T>(members: T[], isHit: (member: T) => boolean): Ratio => ({
  hits: members.filter(isHit).length,
  of: members.length,
})

export const share = ({ hits, of }: Ratio) => (of === 0 ? 1 : hits / of)
