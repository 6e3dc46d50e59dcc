import { useLayoutEffect } from 'react'
import { useServices } from '../services.ts'
import type { Shortcut } from './shortcuts.ts'

/** Offers these keys while the component is on the screen. Pass a list that is stable (useMemo). */
export function useShortcuts(list: readonly Shortcut[]): void {
  const { shortcuts } = useServices()
  // Layout, so that a key works from the moment its page is seen.
  useLayoutEffect(() => shortcuts.add(list), [shortcuts, list])
}
