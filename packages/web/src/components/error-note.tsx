import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { describeError, isOutage } from '../lib/failures/describe-error.ts'
import { useServices } from '../lib/services/services.ts'
import { useStore } from '../lib/store.ts'

type Props = { error: unknown; kept?: string; children?: ReactNode }

/**
 * What went wrong, what was kept, and what to do now (buttons as children). An outage of the whole server
 * is shown once, above every page.
 */
export function ErrorNote({ error, kept, children }: Props) {
  const { outage } = useServices()
  const isShownAbove = useStore(outage) !== undefined && isOutage(error)
  if (isShownAbove) {
    return (
      <div className="mt-4 flex flex-wrap items-center gap-3 text-n7">
        Nothing can be shown until the server is available again. {kept}
        {children}
      </div>
    )
  }
  const { title, detail } = describeError(error)
  return (
    <div role="alert" className="appear rounded-md border border-alarm bg-alarm-soft p-4">
      <p className="flex items-start gap-2 font-medium text-alarm">
        <CircleAlert size={20} aria-hidden className="mt-0.5 shrink-0" />
        {title}
      </p>
      <p className="measure mt-1 text-small text-n9 wrap-anywhere">
        {detail} {kept}
      </p>
      {children && <div className="mt-3 flex flex-wrap gap-2">{children}</div>}
    </div>
  )
}
