import type { Trace, TraceStep } from '@descry/contract'
import { captionerOf } from '../lib/captioners/chain-members.ts'
import { outcomeLabels } from '../lib/failures/outcome-labels.ts'
import { formatDollars, formatDuration } from '../lib/format.ts'
import { CodeBlock } from './code-block.tsx'
import { Disclosure } from './disclosure.tsx'

/** What was tried for a caption, in that order: who, how it ended, how long it took, what it cost. */
export function TraceList({ trace: { steps, ms, cost } }: { trace: Trace }) {
  const total = [formatDuration(ms), cost > 0 && formatDollars(cost)].filter(Boolean).join(', ')
  return (
    <div className="text-small">
      <ol aria-label="What was tried" className="flex flex-col gap-2">
        {steps.map((step, index) => (
          <li
            key={index}
            className="border-l-2 border-n4 pl-3 data-[done]:border-ink"
            {...markOf(step)}
          >
            <Step step={step} />
          </li>
        ))}
      </ol>
      {steps.length > 1 && <p className="mt-2 text-n7">In all: {total}</p>}
    </div>
  )
}

const markOf = ({ outcome }: TraceStep) => (outcome === 'done' ? { 'data-done': '' } : {})

function Step({ step }: { step: TraceStep }) {
  const { captioner, model, attempt, outcome, reason, reply } = step
  return (
    <>
      <p className="wrap-anywhere">
        <span className="font-medium">{captionerOf(captioner)}</span>
        {model && model !== captioner && <span className="text-n7"> ({model})</span>}
        {attempt > 1 && <span className="text-n7">, attempt {attempt}</span>}
      </p>
      <p className="text-n8">{[outcomeLabels[outcome], ...numbersOf(step)].join(' · ')}</p>
      {reason && <p className="measure text-n7 wrap-anywhere">{reason}</p>}
      {reply && (
        <Disclosure summary="What came back">
          <CodeBlock text={reply} className="mt-1 max-h-48 rounded-sm border border-n4 bg-n1" />
        </Disclosure>
      )}
    </>
  )
}

// A shorter one says nothing about limits or queues.
const LEAST_WAIT_MS = 100

function numbersOf({ ms, waitedMs, inputTokens, outputTokens, cost, status }: TraceStep): string[] {
  const tokens = [
    inputTokens !== undefined && `${inputTokens} read`,
    outputTokens !== undefined && `${outputTokens} written`,
  ].filter(Boolean)
  return [
    ms > 0 && formatDuration(ms),
    waitedMs >= LEAST_WAIT_MS && `waited ${formatDuration(waitedMs)}`,
    tokens.length > 0 && `tokens: ${tokens.join(', ')}`,
    cost !== undefined && cost > 0 && formatDollars(cost),
    status !== undefined && `HTTP ${status}`,
  ].filter((text) => text !== false)
}
