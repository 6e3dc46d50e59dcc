import type { Trace, TraceStep } from '@descry/contract'
import { captionerOf } from '../lib/captioners/chain-members.ts'
import { outcomeLabels } from '../lib/failures/outcome-labels.ts'
import { formatDollars, formatDuration, formatTokens } from '../lib/format.ts'
import { CodeBlock } from './code-block.tsx'
import { Disclosure } from './disclosure.tsx'

/** The attempts at a caption, in order: which captioner, how it ended, how long it took, what it cost. */
export function TraceList({ trace: { steps, ms, cost } }: { trace: Trace }) {
  const total = [formatDuration(ms), cost > 0 && formatDollars(cost)].filter(Boolean).join(', ')
  return (
    <div className="text-small">
      <ol aria-label="What was tried" className="flex flex-col gap-2">
        {steps.map((step, index) => (
          <li
            key={index}
            className="border-l-2 border-n4 pl-3 data-[done]:border-ink"
            data-done={step.outcome === 'done' ? '' : undefined}
          >
            <Step step={step} />
          </li>
        ))}
      </ol>
      {steps.length > 1 && <p className="mt-2 text-n7">Total: {total}</p>}
    </div>
  )
}

function Step({ step }: { step: TraceStep }) {
  const { captioner, model, attempt, outcome, reason, reply } = step
  return (
    <>
      <p className="wrap-anywhere">
        <span className="font-medium">{captionerOf(captioner)}</span>
        {model && model !== captioner && <span className="text-n7"> ({model})</span>}
        {attempt > 1 && <span className="text-n7">, attempt {attempt}</span>}
      </p>
      <p className="text-n8">{[outcomeLabels[outcome], ...measurementsOf(step)].join(' · ')}</p>
      {reason && <p className="measure text-n7 wrap-anywhere">{reason}</p>}
      {reply && (
        <Disclosure summary="Raw reply">
          <CodeBlock text={reply} className="mt-1 max-h-48 rounded-sm border border-n4 bg-n1" />
        </Disclosure>
      )}
    </>
  )
}

// A shorter wait is not due to limits or queues.
const MIN_SHOWN_WAIT_MS = 100

function measurementsOf({
  ms,
  waitedMs,
  inputTokens,
  outputTokens,
  cost,
  status,
}: TraceStep): string[] {
  return [
    ms > 0 && formatDuration(ms),
    waitedMs >= MIN_SHOWN_WAIT_MS && `waited ${formatDuration(waitedMs)}`,
    formatTokens(inputTokens, outputTokens),
    cost !== undefined && cost > 0 && formatDollars(cost),
    status !== undefined && `HTTP ${status}`,
  ].filter((text) => typeof text === 'string')
}
