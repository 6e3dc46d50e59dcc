import { Outlet } from '@tanstack/react-router'
import { useState } from 'react'
import { CommandPalette } from '../../features/commands/command-palette.tsx'
import { KeysDialog } from '../../features/commands/keys-dialog.tsx'
import { OutageBanner } from '../../features/health/outage-banner.tsx'
import { ThemeSwitch } from '../../features/theme/theme-switch.tsx'
import { useServices } from '../../lib/services.ts'
import { useStore } from '../../lib/store.ts'
import { AppHeader } from './app-header.tsx'
import { LiveRegion } from './live-region.tsx'
import { NoticeBar } from './notice-bar.tsx'
import { useAppKeys } from './use-app-keys.ts'

export type OpenDialog = 'palette' | 'keys' | undefined

/** What surrounds every page. */
export function RootLayout() {
  const [open, setOpen] = useState<OpenDialog>()
  const { shortcuts } = useServices()
  const list = useStore(shortcuts.all)
  useAppKeys(setOpen)

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
      <AppHeader onFind={() => setOpen('palette')} onKeys={() => setOpen('keys')}>
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
      <LiveRegion />
      {open === 'palette' && <CommandPalette commands={commands} onClose={close} />}
      {open === 'keys' && <KeysDialog shortcuts={list} onClose={close} />}
    </div>
  )
}
