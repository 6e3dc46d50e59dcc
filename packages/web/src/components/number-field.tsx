import { describeIssue } from '@descry/contract'
import { useEffect, useState } from 'react'
import type { z } from 'zod'
import { Field, inputClass } from './field.tsx'

type Props = {
  label: string
  hint?: string
  /** Before the number: a unit such as $. */
  prefix?: string
  placeholder?: string
  value: number | undefined
  schema: z.ZodType<number | undefined>
  /** Called when the field is left, or on Enter, if the number has changed and is valid. */
  onSave: (value: number | undefined) => void
}

/** A number that is saved when editing ends. An empty field means that there is none. */
export function NumberField({ label, hint, prefix, placeholder, value, schema, onSave }: Props) {
  const [text, setText] = useState(toText(value))
  const [error, setError] = useState<string>()
  useEffect(() => setText(toText(value)), [value])

  const save = () => {
    const entered = text.trim() === '' ? undefined : Number(text.replace(',', '.'))
    const parsed = schema.safeParse(entered)
    const [issue] = parsed.error?.issues ?? []
    setError(issue && describeIssue(issue))
    if (parsed.success && parsed.data !== value) onSave(parsed.data)
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <div className="flex items-center gap-2">
          {prefix && <span className="text-n7">{prefix}</span>}
          <input
            {...attributes}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            placeholder={placeholder}
            onChange={(event) => setText(event.target.value)}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key === 'Enter') save()
              if (event.key !== 'Escape') return
              setText(toText(value))
              setError(undefined)
            }}
            className={`${inputClass} max-w-40`}
          />
        </div>
      )}
    </Field>
  )
}

const toText = (value: number | undefined) => (value === undefined ? '' : String(value))
