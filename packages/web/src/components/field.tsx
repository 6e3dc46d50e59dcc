import { type ReactNode, useId } from 'react'

/** The look of every text field and select. */
export const inputClass =
  'min-h-9 w-full min-w-0 rounded-md border border-n6 bg-n0 px-3 text-base font-normal placeholder:text-n7 aria-invalid:border-alarm disabled:opacity-50 pointer-coarse:min-h-11'

type InputAttributes = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}

type Props = {
  label: string
  hint?: ReactNode
  error?: string | undefined
  className?: string
  /** Renders the input with these attributes, which connect it to its label, hint and error. */
  children: (attributes: InputAttributes) => ReactNode
}

/** An input with its label above, and its error and hint below. */
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
