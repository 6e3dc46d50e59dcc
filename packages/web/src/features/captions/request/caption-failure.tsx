import { ApiError, FailureDetails } from '@descry/contract'
import { Disclosure } from '../../../components/disclosure.tsx'
import { TraceList } from '../../../components/trace-list.tsx'

/** What was tried before a caption failed, if the error tells. */
export function FailureTrace({ error }: { error: unknown }) {
  const { data } = FailureDetails.safeParse(error instanceof ApiError ? error.details : undefined)
  if (!data || data.trace.steps.length === 0) return null
  return (
    <div className="w-full">
      <Disclosure summary={<span className="text-n9">What was tried</span>}>
        <div className="mt-2">
          <TraceList trace={data.trace} />
        </div>
      </Disclosure>
    </div>
  )
}
