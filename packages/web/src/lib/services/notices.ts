import { useCallback } from 'react'
import { type Notice, useServices } from './services.ts'

/** Returns a function that makes a screen reader say a text, even the same one twice. */
export function useAnnounce(): (text: string) => void {
  const { announcement } = useServices()
  return useCallback(
    (text) => announcement.update((last) => (last === text ? `${text}\u00a0` : text)),
    [announcement],
  )
}

/** Returns a function that shows what was done, and has a screen reader say it. */
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
