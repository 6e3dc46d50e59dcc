import { CaptionOptions } from '@descry/contract'
import { Field, inputClass } from '../../../components/field.tsx'

type Props = { value: string; onChange: (value: string) => void }

/** The word a training caption names its subject with. */
export function TriggerField({ value, onChange }: Props) {
  const isGood = value.trim() === '' || CaptionOptions.shape.trigger.safeParse(value.trim()).success
  return (
    <Field
      label="Trigger word"
      hint="What training captions call their subject, such as sks_dog."
      error={isGood ? undefined : '3 to 50 letters, digits and underscores.'}
    >
      {(attributes) => (
        <input
          {...attributes}
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={inputClass}
        />
      )}
    </Field>
  )
}
