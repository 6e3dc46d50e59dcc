import { useEffect } from 'react'
import { useServices } from './services.ts'
import type { Shortcut } from './shortcuts.ts'

/** Offers these keys while the component is on the screen. Pass a list that is stable (useMemo). */
export function useShortcuts(list: readonly Shortcut[]): void {
  const { shortcuts } = useServices()
  useEffect(() => shortcuts.add(list), [shortcuts, list])
}
