import { type ReactNode, useId } from 'react'

type Described = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

type Props = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  className?: string
  /** Draws the input, which takes these as its attributes. */
  children: (attributes: Described) => ReactNode
}

/** An input with its label above, and below what is wrong with it or what it is for. */
export function Field({ label, hint, error, className = '', children }: Props) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [error && errorId, hint && hintId].filter(Boolean).join(' ')
  return (
    <div className={`flex min-w-0 flex-col gap-1.5 ${className}`}>
      <label htmlFor={id} className="text-small font-medium">
        {label}
      </label>
      {children({
        id,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {error && (
        <p id={errorId} className="text-small text-alarm wrap-anywhere">
          {error}
        </p>
      )}
      {hint && (
        <div id={hintId} className="measure text-small text-n7 wrap-anywhere">
          {hint}
        </div>
      )}
    </div>
  )
}
