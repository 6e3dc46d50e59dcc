import type { ConfiguredCaptioner } from '@descry/contract'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { DestinationBadge } from '../../../components/destination-badge.tsx'
import { requiredMessage } from '../../../lib/forms/describe-issue.ts'
import { useSubmitAttempts } from '../../../lib/forms/use-submit-attempts.ts'
import { hostOf, needsKey } from '../kinds.ts'
import type { Preset } from '../presets.ts'
import type { Setup } from '../requests/use-save-captioner.ts'
import { TestControls } from '../test-controls.tsx'
import { fieldsOf } from './form-fields.ts'
import { FormInput } from './form-input.tsx'
import { fromForm, toForm } from './form-values.ts'
import { KeyField, noKeyChange, toKey } from './key-field.tsx'
import { MoreFields } from './more-fields.tsx'

type Props = {
  preset: Preset
  /** The captioner being edited. Absent: a new one. */
  existing?: ConfiguredCaptioner | undefined
  name: string
  /** Names of other captioners. */
  takenNames: readonly string[]
  isSaving: boolean
  onSave: (setup: Setup) => void
  /** The error of the last attempt to save. */
  children?: ReactNode
}

/** The form for a kind of captioner, checked by the contract. It can be tested before it is saved. */
export function CaptionerForm({
  preset,
  existing,
  name,
  takenNames,
  isSaving,
  onSave,
  children,
}: Props) {
  const { kind } = preset
  const [values, setValues] = useState(() =>
    toForm(kind, existing?.settings ?? { ...preset.settings, name }),
  )
  const [keyChange, setKeyChange] = useState(noKeyChange)
  const formRef = useRef<HTMLFormElement>(null)
  const { hasTried, countAttempt } = useSubmitAttempts(formRef)

  const enabled = existing?.settings.enabled ?? true
  const { settings, errors } = fromForm({ kind, enabled }, values, takenNames)
  const hasKey = keyChange.text.trim() !== '' || (existing?.keyHint != null && !keyChange.isRemoved)
  const keyError = settings && needsKey(settings) && !hasKey ? requiredMessage : undefined
  const shown = hasTried ? errors : {}

  const getSetup = (): Setup | undefined => {
    countAttempt()
    return settings && !keyError ? { settings, ...toKey(keyChange) } : undefined
  }
  const fields = fieldsOf(kind)
  const draw = (field: (typeof fields)[number]) => (
    <FormInput
      key={field.path}
      field={field}
      value={values[field.path] ?? ''}
      error={shown[field.path]}
      isReadOnly={existing !== undefined && field.path === 'name'}
      onChange={(value) => setValues((before) => ({ ...before, [field.path]: value }))}
    />
  )
  return (
    <form
      ref={formRef}
      noValidate
      autoComplete="off"
      className="flex max-w-2xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        const setup = getSetup()
        if (setup) onSave(setup)
      }}
    >
      {fields.filter(({ isRequired }) => isRequired).map(draw)}
      {preset.key && (
        <KeyField
          preset={preset.key}
          keyHint={existing?.keyHint ?? null}
          change={keyChange}
          error={hasTried ? keyError : undefined}
          onChange={setKeyChange}
        />
      )}
      <MoreFields
        fields={fields.filter(({ isRequired }) => !isRequired)}
        unsupportedSampling={preset.unsupportedSampling}
        hasError={Object.keys(shown).length > 0}
        draw={draw}
      />
      {settings && <DestinationBadge host={hostOf(settings)} />}
      {children}
      <TestControls name={values.name ?? ''} getSetup={getSetup}>
        <Button type="submit" variant="primary" disabled={isSaving} className="order-first mr-1">
          {isSaving ? 'Saving' : 'Save'}
        </Button>
      </TestControls>
    </form>
  )
}
