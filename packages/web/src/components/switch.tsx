import type { ReactNode } from 'react'

type Props = {
  isOn: boolean
  onChange: (isOn: boolean) => void
  /** The name for screen readers. */
  label: string
  children?: ReactNode
  disabled?: boolean
}

/** Switches something on or off at once. The children are its visible label. */
export function Switch({ isOn, onChange, label, children, disabled = false }: Props) {
  return (
    <label className="inline-flex min-h-9 cursor-pointer items-center gap-2 text-small pointer-coarse:min-h-11">
      <input
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox already exposes whether it is checked.
        role="switch"
        aria-label={label}
        checked={isOn}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="peer sr-only"
      />
      <span
        aria-hidden
        className="flex h-5 w-9 shrink-0 items-center rounded-full border border-n6 bg-n3 px-0.5 transition-colors peer-checked:border-ink peer-checked:bg-ink peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ink peer-checked:*:translate-x-4 peer-checked:*:bg-on-ink"
      >
        <span className="size-3.5 rounded-full bg-n7 transition-transform" />
      </span>
      {children}
    </label>
  )
}
