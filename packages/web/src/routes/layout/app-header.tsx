import { Link } from '@tanstack/react-router'
import { Braces, History, Image, Keyboard, ListTodo, Search, SlidersHorizontal } from 'lucide-react'
import type { ReactNode } from 'react'

const pages = [
  { to: '/', label: 'Caption', icon: Image },
  { to: '/history', label: 'History', icon: History },
  { to: '/jobs', label: 'Jobs', icon: ListTodo },
  { to: '/settings', label: 'Settings', icon: SlidersHorizontal },
  { to: '/reference', label: 'API', icon: Braces },
] as const

type Props = { onFind: () => void; onShortcuts: () => void; children: ReactNode }

/** The main navigation: along the top, or at the bottom of a phone, in reach of the thumb. */
export function AppHeader({ onFind, onShortcuts, children }: Props) {
  return (
    <header className="sticky top-0 z-30 flex h-12 items-center gap-4 border-b border-n4 bg-n1 px-4 sm:px-6">
      <Link to="/" aria-label="Descry, home" className="rounded-sm font-semibold">
        Descry
      </Link>
      <nav
        aria-label="Pages"
        className="fixed inset-x-0 bottom-0 z-30 flex border-t border-n4 bg-n1 pb-[env(safe-area-inset-bottom)] md:static md:gap-1 md:border-0 md:pb-0"
      >
        {pages.map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            className="flex h-14 grow basis-0 flex-col items-center justify-center gap-0.5 text-small text-n7 hover:text-n9 aria-[current=page]:font-medium aria-[current=page]:text-n9 md:h-8 md:grow-0 md:basis-auto md:flex-row md:gap-2 md:rounded-md md:px-3 md:aria-[current=page]:bg-n3"
          >
            <Icon size={16} aria-hidden />
            {label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-2">
        <HeaderButton label="Find" onClick={onFind}>
          <Search size={16} aria-hidden />
        </HeaderButton>
        <HeaderButton label="Shortcuts" onClick={onShortcuts}>
          <Keyboard size={16} aria-hidden />
        </HeaderButton>
        {children}
      </div>
    </header>
  )
}

type HeaderButtonProps = { label: string; onClick: () => void; children: ReactNode }

function HeaderButton({ label, onClick, children }: HeaderButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={label}
      className="flex min-h-8 items-center gap-2 rounded-md px-2 text-small text-n7 hover:bg-n3 hover:text-n9 pointer-coarse:min-h-11 pointer-coarse:min-w-11"
    >
      {children}
      <span className="hidden sm:inline">{label}</span>
    </button>
  )
}
