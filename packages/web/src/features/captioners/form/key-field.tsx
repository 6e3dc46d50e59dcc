import { Field, inputClass } from '../../../components/field.tsx'
import type { Preset } from '../presets.ts'
import type { KeyChange } from './key-change.ts'

type Props = {
  words: NonNullable<Preset['key']>
  stored: string | null
  change: KeyChange
  error: string | undefined
  onChange: (change: KeyChange) => void
}

/** The provider's key: written, kept or removed, never shown. */
export function KeyField({ words, stored, change, error, onChange }: Props) {
  const { text, isRemoved } = change
  const kept = `••••${stored} is stored. Left empty, it stays. `
  const sealed = 'It is stored sealed and never shown again.'
  return (
    <div className="flex flex-col gap-1.5">
      <Field
        label={words.label}
        hint={`${stored === null ? '' : kept}${words.hint} ${sealed}`}
        error={error}
      >
        {(attributes) => (
          <input
            {...attributes}
            type="password"
            name="key"
            autoComplete="off"
            spellCheck={false}
            data-1p-ignore
            data-lpignore="true"
            value={text}
            disabled={isRemoved}
            placeholder={stored === null ? undefined : `••••${stored}`}
            onChange={(event) => onChange({ text: event.target.value, isRemoved: false })}
            className={inputClass}
          />
        )}
      </Field>
      {stored !== null && (
        <label className="inline-flex min-h-9 w-fit cursor-pointer items-center gap-2 text-small pointer-coarse:min-h-11">
          <input
            type="checkbox"
            checked={isRemoved}
            onChange={(event) => onChange({ text: '', isRemoved: event.target.checked })}
            className="accent-ink"
          />
          Remove the stored key
        </label>
      )}
    </div>
  )
}
