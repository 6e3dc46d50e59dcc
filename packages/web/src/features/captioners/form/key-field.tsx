import { Field, inputClass } from '../../../components/field.tsx'
import type { Preset } from '../presets.ts'

/** What happens to the stored key: it is replaced, removed or kept. */
export type KeyChange = { text: string; isRemoved: boolean }

export const noKeyChange: KeyChange = { text: '', isRemoved: false }

/** The change as the API takes it: without `key` the stored one is kept; null removes it. */
export function toKey({ text, isRemoved }: KeyChange): { key?: string | null } {
  if (isRemoved) return { key: null }
  return text.trim() === '' ? {} : { key: text.trim() }
}

type Props = {
  preset: NonNullable<Preset['key']>
  /** The end of the stored key; null: there is none. */
  keyHint: string | null
  change: KeyChange
  error: string | undefined
  onChange: (change: KeyChange) => void
}

/** The provider's key: entered, kept or removed, never shown. */
export function KeyField({ preset, keyHint, change, error, onChange }: Props) {
  const { text, isRemoved } = change
  const hints = [
    preset.hint,
    keyHint === null
      ? 'It is stored encrypted and never shown again.'
      : `The stored key ends in ${keyHint}. Leave empty to keep it.`,
  ]
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={preset.label} hint={hints.join(' ')} error={error}>
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
            placeholder={keyHint === null ? undefined : `••••${keyHint}`}
            onChange={(event) => onChange({ text: event.target.value, isRemoved: false })}
            className={inputClass}
          />
        )}
      </Field>
      {keyHint !== null && (
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
