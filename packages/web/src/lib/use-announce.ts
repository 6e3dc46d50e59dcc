import { useCallback } from 'react'
import { useServices } from './services.ts'

/** Returns a function that makes a screen reader say a text, even the same one twice. */
export function useAnnounce(): (text: string) => void {
  const { announcement } = useServices()
  return useCallback(
    (text) => announcement.update((last) => (last === text ? `${text}\u00a0` : text)),
    [announcement],
  )
}
