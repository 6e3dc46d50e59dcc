import { Undo2, X } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { describeError } from '../../lib/failures/describe-error.ts'
import { useAnnounce } from '../../lib/services/notices.ts'
import { useServices } from '../../lib/services/services.ts'
import { useShortcuts } from '../../lib/services/use-shortcuts.ts'
import { useStore } from '../../lib/store.ts'

/** Shows what was done last, with Undo, until it is dismissed or something else is done. */
export function NoticeBar() {
  const { notice: store } = useServices()
  const announce = useAnnounce()
  const notice = useStore(store)
  const [failure, setFailure] = useState<unknown>()
  const undo = notice?.undo
  useEffect(() => {
    if (notice) setFailure(undefined)
  }, [notice])

  const keys = useMemo(() => {
    if (!undo) return []
    const run = () =>
      void undo().then(() => {
        store.set(undefined)
        announce('Undone.')
      }, setFailure)
    return [{ keys: 'u', label: 'Undo the last change', run }]
  }, [undo, store, announce])
  useShortcuts(keys)

  if (!notice) return null
  return (
    <section
      aria-label="Last change"
      className="appear fixed inset-x-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-40 mx-auto flex w-fit max-w-[min(40rem,calc(100vw-2rem))] items-center gap-1 rounded-md border border-n5 bg-n0 py-1 pr-1 pl-4 shadow-lg md:bottom-6"
    >
      <p className="py-1.5 text-small wrap-anywhere">
        {notice.text}
        {failure !== undefined && (
          <span role="alert" className="block text-alarm">
            This could not be undone. {describeError(failure).detail}
          </span>
        )}
      </p>
      {keys.map(({ run }) => (
        <Button key="undo" variant="ghost" className="ml-3" onClick={run} aria-keyshortcuts="u">
          <Undo2 size={16} aria-hidden />
          Undo
        </Button>
      ))}
      <Button variant="ghost" onClick={() => store.set(undefined)} aria-label="Dismiss">
        <X size={16} aria-hidden />
      </Button>
    </section>
  )
}
