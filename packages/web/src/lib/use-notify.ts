import { useCallback } from 'react'
import type { Notice } from './notice.ts'
import { useServices } from './services.ts'
import { useAnnounce } from './use-announce.ts'

/** Returns a function that tells what was done, for eyes and for screen readers. */
export function useNotify(): (notice: Notice) => void {
  const { notice: store } = useServices()
  const announce = useAnnounce()
  return useCallback(
    (notice) => {
      store.set(notice)
      announce(notice.text)
    },
    [store, announce],
  )
}
