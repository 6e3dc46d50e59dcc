import { useNavigate } from '@tanstack/react-router'
import { useLayoutEffect, useMemo } from 'react'
import { useServices } from '../../lib/services/services.ts'
import { useShortcuts } from '../../lib/services/use-shortcuts.ts'

/** The shortcuts that work on every page. */
export function useAppShortcuts(open: (dialog: 'palette' | 'shortcuts') => void): void {
  const { shortcuts } = useServices()
  const navigate = useNavigate()

  const list = useMemo(
    () => [
      { keys: 'g c', label: 'Go to Caption', run: () => void navigate({ to: '/' }) },
      { keys: 'g h', label: 'Go to History', run: () => void navigate({ to: '/history' }) },
      { keys: 'g j', label: 'Go to Jobs', run: () => void navigate({ to: '/jobs' }) },
      { keys: 'g s', label: 'Go to Settings', run: () => void navigate({ to: '/settings' }) },
      { keys: 'g a', label: 'Go to API', run: () => void navigate({ to: '/reference' }) },
      { keys: '?', label: 'Show keyboard shortcuts', run: () => open('shortcuts') },
    ],
    [navigate, open],
  )
  useShortcuts(list)

  useLayoutEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        open('palette')
      } else shortcuts.handle(event)
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [shortcuts, open])
}
