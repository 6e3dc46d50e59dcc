import { Limits } from '@descry/contract'
import { Field, inputClass } from '../../../components/field.tsx'
import { labelsOf } from './field-labels.ts'
import type { FormField } from './form-fields.ts'

type Props = {
  field: FormField
  value: string
  error: string | undefined
  isReadOnly?: boolean
  onChange: (value: string) => void
}

/** The input for a field, by its type. */
export function FormInput({ field, value, error, isReadOnly, onChange }: Props) {
  const { path, type, isRequired } = field
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
          required: isRequired,
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
            readOnly={isReadOnly}
            onChange={(event) => onChange(event.target.value)}
            className={`${inputClass} read-only:border-n4 read-only:bg-n2 ${type === 'number' ? 'max-w-40' : ''}`}
          />
        )
      }}
    </Field>
  )
}

const formats = Limits.shape.formats.unwrap().element.options

type FormatChoiceProps = {
  label: string
  hint: string | undefined
  /** Media types, one per line. */
  value: string
  onChange: (value: string) => void
}

function FormatChoice({ label, hint, value, onChange }: FormatChoiceProps) {
  const chosen = value.split('\n')
  const toggle = (format: string) =>
    onChange(formats.filter((each) => (each === format) !== chosen.includes(each)).join('\n'))
  return (
    <fieldset className="col-span-full flex flex-col gap-1.5">
      <legend className="mb-1.5 text-small font-medium">{label}</legend>
      <div className="flex flex-wrap gap-x-4">
        {formats.map((format) => (
          <label
            key={format}
            className="inline-flex min-h-9 cursor-pointer items-center gap-2 text-small pointer-coarse:min-h-11"
          >
            <input
              type="checkbox"
              checked={chosen.includes(format)}
              onChange={() => toggle(format)}
              className="accent-ink"
            />
            {format.replace('image/', '').toUpperCase()}
          </label>
        ))}
      </div>
      {hint && <p className="text-small text-n7">{hint}</p>}
    </fieldset>
  )
}
