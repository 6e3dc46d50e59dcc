import { Monitor, Moon, Sun } from 'lucide-react'
import { useState } from 'react'
import { applyTheme, readTheme, type Theme } from './theme.ts'

const choices = [
  { theme: 'system', icon: Monitor, label: 'System theme' },
  { theme: 'light', icon: Sun, label: 'Light theme' },
  { theme: 'dark', icon: Moon, label: 'Dark theme' },
] as const satisfies { theme: Theme; icon: unknown; label: string }[]

export function ThemeSwitch() {
  const [theme, setTheme] = useState(readTheme)
  return (
    <div role="radiogroup" aria-label="Theme" className="flex rounded-md border border-n4">
      {choices.map(({ theme: each, icon: Icon, label }) => (
        <label
          key={each}
          title={label}
          className="grid size-8 cursor-pointer place-items-center rounded-sm text-n7 hover:text-n9 has-checked:bg-n3 has-checked:text-n9 has-focus-visible:outline-2 has-focus-visible:outline-ink pointer-coarse:size-10"
        >
          <input
            type="radio"
            name="theme"
            className="sr-only"
            aria-label={label}
            checked={theme === each}
            onChange={() => {
              applyTheme(each)
              setTheme(each)
            }}
          />
          <Icon size={16} aria-hidden />
        </label>
      ))}
    </div>
  )
}
