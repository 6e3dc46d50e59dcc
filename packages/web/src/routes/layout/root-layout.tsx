import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandPalette } from '../../features/commands/command-palette.tsx'
import { ShortcutsDialog } from '../../features/commands/shortcuts-dialog.tsx'
import { OutageBanner } from '../../features/health/outage-banner.tsx'
import { ThemeSwitch } from '../../features/theme/theme-switch.tsx'
import { useServices } from '../../lib/services/services.ts'
import { useStore } from '../../lib/store.ts'
import { AppHeader } from './app-header.tsx'
import { NoticeBar } from './notice-bar.tsx'
import { useAppShortcuts } from './use-app-shortcuts.ts'

/** Everything around a page. */
export function RootLayout() {
  const [open, setOpen] = useState<'palette' | 'shortcuts'>()
  const { shortcuts } = useServices()
  const list = useStore(shortcuts.all)
  useAppShortcuts(setOpen)

  const close = () => setOpen(undefined)
  const commands = list.map(({ label, keys, run }) => ({ label, hint: keys, run }))
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="sr-only rounded-md bg-ink p-3 text-on-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        Skip to the content
      </a>
      <AppHeader onFind={() => setOpen('palette')} onShortcuts={() => setOpen('shortcuts')}>
        <ThemeSwitch />
      </AppHeader>
      <OutageBanner />
      <main
        id="content"
        tabIndex={-1}
        className="flex w-full grow flex-col px-4 pt-4 pb-24 outline-none sm:px-6 md:pb-6"
      >
        <Outlet />
      </main>
      <NoticeBar />
      <Announcements />
      {open === 'palette' && <CommandPalette commands={commands} onClose={close} />}
      {open === 'shortcuts' && <ShortcutsDialog shortcuts={list} onClose={close} />}
    </div>
  )
}

/** Has screen readers say progress and results. */
function Announcements() {
  const { announcement } = useServices()
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {useStore(announcement)}
    </div>
  )
}
