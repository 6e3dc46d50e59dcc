import { useLayoutEffect } from 'react'
import type { Shortcut } from '../shortcuts.ts'
import { useServices } from './services.ts'

/** Offers shortcuts while the component is on the screen. The list must be stable (useMemo). */
export function useShortcuts(list: readonly Shortcut[]): void {
  const { shortcuts } = useServices()
  // A layout effect, so that a shortcut works from the moment its page is visible.
  useLayoutEffect(() => shortcuts.add(list), [shortcuts, list])
}
