import { CaptionOptions } from '@descry/contract'
import { Field, inputClass } from '../../../components/field.tsx'
import { SkeletonLines } from '../../../components/skeleton-lines.tsx'
import { StyleChips } from '../../../components/style-chips.tsx'
import { CaptionerChoice } from './captioner-choice.tsx'
import { MoreSettings } from './more-settings.tsx'
import type { useSettings } from './use-settings.ts'

type Props = { settings: ReturnType<typeof useSettings> }

/** The settings of the next captions: captioner and styles; the rest under More. */
export function SettingsPanel({ settings }: Props) {
  const { captioners, captioner, chain, choices, offered, styles, canInstruct, prompts, choose } =
    settings
  if (!captioners) return <SkeletonLines widths={['100%', '70%', '85%']} />
  if (captioners.length === 0) {
    return <p className="text-small text-n7">No captioner is configured on this server.</p>
  }
  return (
    <div className="flex flex-col gap-4">
      <CaptionerChoice
        captioners={captioners}
        captioner={captioner}
        chain={chain.map((member) => member.captioner)}
        onChoose={(name) => choose({ captioner: name })}
      />
      <StyleChips
        legend="Styles"
        offered={offered}
        chosen={styles}
        onChoose={(next) => choose({ styles: next })}
      />
      {styles.includes('training') && (
        <TriggerField value={choices.trigger} onChange={(trigger) => choose({ trigger })} />
      )}
      {canInstruct && (
        <MoreSettings
          language={choices.language}
          prompt={choices.prompt}
          prompts={prompts}
          onChoose={choose}
        />
      )}
    </div>
  )
}

type TriggerFieldProps = { value: string; onChange: (value: string) => void }

function TriggerField({ value, onChange }: TriggerFieldProps) {
  const trigger = value.trim()
  const isValid = trigger === '' || CaptionOptions.shape.trigger.safeParse(trigger).success
  return (
    <Field
      label="Trigger word"
      hint="The word that names the subject in training captions, such as sks_dog."
      error={isValid ? undefined : 'Use 3 to 50 letters, digits and underscores.'}
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
