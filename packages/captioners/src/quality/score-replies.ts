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
  const checked = replies.map((reply) => ({ reply, given: check(reply) }))
  const repairs = checked.filter(({ reply }) => reply.verdict === 'repair')
  return {
    count: checked.length,
    notAsItIs: agreement(checked, (verdict) => verdict !== 'good'),
    bad: agreement(checked, (verdict) => verdict === 'bad'),
    exactRepairs: ratio(repairs, ({ reply, given }) => given.text === reply.repaired),
    byKind: byKind(checked),
  }
}

type Checked = { reply: LabelledReply; given: ReturnType<typeof check> }
type Label = LabelledReply['verdict']

function check(labelled: LabelledReply) {
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
function agreement(checked: Checked[], isFlag: (label: Label) => boolean) {
  const flagged = checked.filter(({ given }) => isFlag(given.label))
  const due = checked.filter(({ reply }) => isFlag(reply.verdict))
  return {
    precision: ratio(flagged, ({ reply }) => isFlag(reply.verdict)),
    recall: ratio(due, ({ given }) => isFlag(given.label)),
  }
}

/** For each verdict and kind: how many got that verdict, and of the bad ones, how many by its own rule. */
function byKind(checked: Checked[]) {
  const nameOf = ({ reply }: Checked) => `${reply.verdict} ${reply.kind ?? ''}`.trim()
  return [...new Set(checked.map(nameOf))].sort().map((name) => {
    const members = checked.filter((member) => nameOf(member) === name)
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
