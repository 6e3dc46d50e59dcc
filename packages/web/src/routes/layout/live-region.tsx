import { useServices } from '../../lib/services.ts'
import { useStore } from '../../lib/store.ts'

/** Says progress and results to screen readers. One for the whole page. */
export function LiveRegion() {
  const { announcement } = useServices()
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {useStore(announcement)}
    </div>
  )
}
