import { Field, inputClass } from '../../../components/field.tsx'
import { labelsOf } from './field-labels.ts'
import type { FormField } from './form-fields.ts'
import { FormatChoice } from './format-choice.tsx'

type Props = {
  field: FormField
  value: string
  error: string | undefined
  isFixed?: boolean
  onChange: (value: string) => void
}

/** A field of the form, in the shape its type asks for. */
export function FormInput({ field, value, error, isFixed, onChange }: Props) {
  const { path, type, isNeeded } = field
  const { label, hint, placeholder } = labelsOf(field)
  if (path === 'limits.formats') {
    return <FormatChoice label={label} hint={hint} value={value} onChange={onChange} />
  }
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => {
        const common = {
          ...attributes,
          name: path,
          value,
          placeholder,
          required: isNeeded,
          autoComplete: 'off',
          spellCheck: false,
        }
        if (type === 'list') {
          return (
            <textarea
              {...common}
              rows={3}
              onChange={(event) => onChange(event.target.value)}
              className={`${inputClass} py-1.5`}
            />
          )
        }
        return (
          <input
            {...common}
            type="text"
            inputMode={type === 'number' ? 'decimal' : 'text'}
            readOnly={isFixed}
            onChange={(event) => onChange(event.target.value)}
            className={`${inputClass} read-only:border-n4 read-only:bg-n2 ${type === 'number' ? 'max-w-40' : ''}`}
          />
        )
      }}
    </Field>
  )
}
