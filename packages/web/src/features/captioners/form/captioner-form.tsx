import type { ConfiguredCaptioner } from '@descry/contract'
import { type ReactNode, useRef } from 'react'
import { Button } from '../../../components/button.tsx'
import { DestinationBadge } from '../../../components/destination-badge.tsx'
import { hostOf } from '../kinds.ts'
import type { Preset } from '../presets.ts'
import type { Setup } from '../requests/use-save-captioner.ts'
import { TestControls } from '../test-controls.tsx'
import { type FormField, fieldsOf } from './form-fields.ts'
import { FormInput } from './form-input.tsx'
import { KeyField } from './key-field.tsx'
import { MoreFields } from './more-fields.tsx'
import { useCaptionerForm } from './use-captioner-form.ts'

type Props = {
  preset: Preset
  /** The captioner being edited. Absent: a new one. */
  existing: ConfiguredCaptioner | undefined
  name: string
  /** Names of other captioners. */
  takenNames: readonly string[]
  isSaving: boolean
  onSave: (setup: Setup) => void
  /** The error of the last attempt to save. */
  children?: ReactNode
}

/** The form for a kind of captioner, checked by the contract. It can be tested before it is saved. */
export function CaptionerForm({ isSaving, onSave, children, ...options }: Props) {
  const { preset, existing } = options
  const formRef = useRef<HTMLFormElement>(null)
  const form = useCaptionerForm({ ...options, formRef })
  const fields = fieldsOf(preset.kind)
  const draw = (field: FormField) => (
    <FormInput
      key={field.path}
      field={field}
      value={form.values[field.path] ?? ''}
      error={form.errors[field.path]}
      isReadOnly={existing !== undefined && field.path === 'name'}
      onChange={(value) => form.setValue(field.path, value)}
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
        const setup = form.getSetup()
        if (setup) onSave(setup)
      }}
    >
      {fields.filter(({ isRequired }) => isRequired).map(draw)}
      {preset.key && (
        <KeyField
          preset={preset.key}
          keyHint={existing?.keyHint ?? null}
          change={form.keyChange}
          error={form.keyError}
          onChange={form.setKeyChange}
        />
      )}
      <MoreFields
        fields={fields.filter(({ isRequired }) => !isRequired)}
        unsupportedSampling={preset.unsupportedSampling}
        hasError={Object.keys(form.errors).length > 0}
        draw={draw}
      />
      {form.settings && <DestinationBadge host={hostOf(form.settings)} />}
      {children}
      <TestControls name={form.values.name ?? ''} getSetup={form.getSetup}>
        <Button type="submit" variant="primary" disabled={isSaving} className="order-first mr-1">
          {isSaving ? 'Saving' : 'Save'}
        </Button>
      </TestControls>
    </form>
  )
}
