import { useSyncExternalStore } from 'react'

// A narrower column does not hold a line of about 40 characters beside its image.
const COLUMN_WIDTH = 560

/** How many captions fit side by side in this window. */
export function useColumns(): number {
  return useSyncExternalStore(subscribe, countColumns)
}

const countColumns = () => Math.max(1, Math.floor(window.innerWidth / COLUMN_WIDTH))

function subscribe(listener: () => void) {
  window.addEventListener('resize', listener)
  return () => window.removeEventListener('resize', listener)
}
