import { Chain } from '@descry/contract'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, buttonClass } from '../../../components/button.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { ErrorNote } from '../../../components/error-note.tsx'
import { SectionHeader } from '../../../components/section-header.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { captioningRulesQuery } from '../../../lib/captioners/get-captioning-rules.ts'
import { captionersQuery } from '../../../lib/captioners/list-captioners.ts'
import { useServices } from '../../../lib/services.ts'
import { useChangeRules } from '../requests/use-change-rules.ts'
import { ChainOptions } from './chain-options.tsx'
import { ChainOrder } from './chain-order.tsx'
import { missingFrom, stepsOf } from './chain-steps.ts'

const usual = Chain.omit({ steps: true }).parse({})

/** In which order captioners are asked. Every change is saved at once and can be undone. */
export function ChainView() {
  const { client } = useServices()
  const captioners = useQuery(captionersQuery(client))
  const rules = useQuery(captioningRulesQuery(client))
  const { change, error } = useChangeRules()
  const failure = captioners.error ?? rules.error

  if (failure) return <ErrorNote error={failure} />
  if (!captioners.data || !rules.data) return <SkeletonLines widths={['30%', '60%', '60%']} />
  const { chain } = rules.data
  const steps = stepsOf(chain, captioners.data)
  if (steps.length === 0) return <NoCaptioner />

  const save = (part: Partial<Chain>, message: string) =>
    change({ chain: { ...(chain ?? usual), steps, ...part } }, message)
  return (
    <div className="max-w-3xl">
      <SectionHeader
        title="Chain"
        text="Who is asked when a request names no captioner: the first; when it fails, the next."
      >
        {chain && (
          <Button onClick={() => change({ chain: null }, 'The usual order is back.')}>
            Use the usual order
          </Button>
        )}
      </SectionHeader>
      {error && <ErrorNote error={error} kept="The chain is as it was before." />}
      <p className="mb-3 text-small text-n7">
        {chain
          ? 'An order of your own.'
          : 'The usual order: captioners that were added, then those that come with the server. New ones join it by themselves. Change anything, and it is an order of your own.'}
      </p>
      <ChainOrder
        steps={steps}
        captioners={captioners.data}
        addable={missingFrom(steps, captioners.data)}
        onSave={(next, message) => save({ steps: next }, message)}
      />
      <ChainOptions chain={chain ?? { ...usual, steps }} onSave={save} />
    </div>
  )
}

function NoCaptioner() {
  return (
    <EmptyState
      title="No captioner to ask yet"
      text="The chain is the order in which captioners are asked. Nothing here can see: add one that does."
    >
      <Link
        to="/settings"
        search={{ section: 'captioners', add: 'choose' }}
        className={buttonClass('primary')}
      >
        Add a captioner
      </Link>
    </EmptyState>
  )
}
