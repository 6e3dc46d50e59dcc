import type { CaptionerTest, Price } from '@descry/contract'
import { Check, CircleAlert } from 'lucide-react'
import { CodeBlock } from '../../components/code-block.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { outcomeLabels } from '../../lib/failures/outcome-labels.ts'
import { formatDollars, formatDuration, formatTokens } from '../../lib/format.ts'

type Props = { result: CaptionerTest; price: Price | undefined }

/** What a captioner returned for the sample image, or why it failed. */
export function TestResult({ result, price }: Props) {
  const { text, outcome, message, reply } = result
  const facts = describeFacts(result, price)
  if (outcome === null) {
    return (
      <div className="appear rounded-md border border-n4 bg-n2 p-3">
        <p className="flex items-center gap-1.5 text-small font-medium text-n8">
          <Check size={14} aria-hidden />
          It works
        </p>
        <p className="measure mt-1 wrap-anywhere">{text}</p>
        <p className="mt-1 text-small text-n7">{facts}</p>
      </div>
    )
  }
  return (
    <div role="alert" className="appear rounded-md border border-alarm bg-alarm-soft p-3">
      <p className="flex items-start gap-1.5 text-small font-medium text-alarm">
        <CircleAlert size={14} aria-hidden className="mt-[3px] shrink-0" />
        {outcomeLabels[outcome]}
      </p>
      <p className="measure mt-1 text-small wrap-anywhere">{message}</p>
      <p className="mt-1 text-small text-n8">{facts}</p>
      {reply && (
        <Disclosure summary={<span className="text-n9">Raw reply</span>}>
          <CodeBlock text={reply} className="mt-1 max-h-64 rounded-sm border border-n5 bg-n0" />
        </Disclosure>
      )}
    </div>
  )
}

function describeFacts({ ms, usage }: CaptionerTest, price: Price | undefined): string {
  const cost = price ? costOf(price, usage) : 0
  return [
    formatDuration(ms),
    formatTokens(usage?.inputTokens, usage?.outputTokens),
    cost > 0 && `about ${formatDollars(cost)}`,
  ]
    .filter(Boolean)
    .join(' · ')
}

function costOf(price: Price, usage: CaptionerTest['usage']): number {
  const { inputTokens = 0, outputTokens = 0 } = usage ?? {}
  const forTokens = inputTokens * price.inputPerMillion + outputTokens * price.outputPerMillion
  return forTokens / 1e6 + price.perImage
}
