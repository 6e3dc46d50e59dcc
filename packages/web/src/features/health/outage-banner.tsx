import { ApiError } from '@descry/contract'
import { CircleAlert, WifiOff } from 'lucide-react'
import { Button } from '../../components/button.tsx'
import { describeError } from '../../lib/failures/describe-error.ts'
import { useServices } from '../../lib/services/services.ts'
import { useStore } from '../../lib/store.ts'

/** Says, once above every page, that the server as a whole fails or the connection to it is lost. */
export function OutageBanner() {
  const { queryClient, live, outage } = useServices()
  const error = useStore(outage)
  const isDisconnected = useStore(live.state) === 'lost'

  if (error) {
    const { title, detail } = describeError(error)
    return (
      <div
        role="alert"
        className="flex flex-wrap items-center gap-x-4 gap-y-2 bg-alarm-soft px-4 py-3 sm:px-6"
      >
        <CircleAlert size={20} aria-hidden className="shrink-0 text-alarm" />
        <p className="min-w-64 grow basis-0 text-small">
          <strong className="font-medium text-alarm">{title}</strong> {detail} {describeKept(error)}
        </p>
        <Button onClick={() => queryClient.invalidateQueries()}>Try again</Button>
      </div>
    )
  }
  if (!isDisconnected) return null
  return (
    <div role="status" className="flex items-center gap-2 bg-n3 px-4 py-2 text-small sm:px-6">
      <WifiOff size={16} aria-hidden className="shrink-0" />
      Connection lost, reconnecting. What you see may be out of date; work on the server continues.
    </div>
  )
}

/** What is safe, as far as we can promise it. */
const describeKept = (error: Error) =>
  error instanceof ApiError && error.code === 'storage-full'
    ? 'All captions made so far are kept. The last image was not saved.'
    : 'Captions shown as done are kept.'
