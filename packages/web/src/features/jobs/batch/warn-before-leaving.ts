import type { Store } from '../../../lib/store.ts'
import { isOnItsWay, type Upload } from './create-uploads.ts'

/** Has the browser ask before the page is closed, while files have still to be sent. */
export function warnBeforeLeaving(
  uploads: Store<readonly Upload[]>,
  page: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault()
  // Without a listener the browser can keep the whole page for its Back button.
  uploads.subscribe(() => {
    if (uploads.get().some(isOnItsWay)) page.addEventListener('beforeunload', ask)
    else page.removeEventListener('beforeunload', ask)
  })
}
