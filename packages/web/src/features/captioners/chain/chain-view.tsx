import { Chain } from '@descry/contract'
import { AddLink } from '../../../components/add-link.tsx'
import { Button } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { useCaptioningRules } from '../requests/use-captioning-rules.ts'
import { ChainOptions } from './chain-options.tsx'
import { ChainOrder } from './chain-order.tsx'
import { findAddable, stepsOf } from './chain-steps.ts'

const defaults = Chain.omit({ steps: true }).parse({})

/** In which order captioners are asked. Every change is saved at once and can be undone. */
export function ChainView() {
  const { captioners, rules, loadError, change, saveError } = useCaptioningRules()

  if (loadError) return <ErrorNote error={loadError} />
  if (!captioners || !rules) return <SkeletonLines widths={['30%', '60%', '60%']} />
  const { chain } = rules
  const steps = stepsOf(chain, captioners)
  if (steps.length === 0) return <NoCaptioner />

  const save = (part: Partial<Chain>, message: string) =>
    change({ chain: { ...(chain ?? defaults), steps, ...part } }, message)
  return (
    <div className="max-w-3xl">
      <SectionHeader
        title="Chain"
        text="Used when a request names no captioner: the first is asked, and if it fails, the next."
      >
        {chain && (
          <Button onClick={() => change({ chain: null }, 'The default order is used again.')}>
            Use the default order
          </Button>
        )}
      </SectionHeader>
      {saveError && <ErrorNote error={saveError} kept="The chain was not changed." />}
      <p className="mb-3 text-small text-n7">
        {chain
          ? 'A custom order.'
          : 'The default order: captioners that were added here, then those that come with the server. New ones are included automatically. Any change makes it a custom order.'}
      </p>
      <ChainOrder
        steps={steps}
        captioners={captioners}
        addable={findAddable(steps, captioners)}
        onSave={(next, message) => save({ steps: next }, message)}
      />
      <ChainOptions chain={chain ?? { ...defaults, steps }} onSave={save} />
    </div>
  )
}

function NoCaptioner() {
  return (
    <EmptyState
      title="No captioners to ask yet"
      text="The chain is the order in which captioners are asked. Add one that can see images."
    >
      <AddLink section="captioners" add="choose">
        Add a captioner
      </AddLink>
    </EmptyState>
  )
}
