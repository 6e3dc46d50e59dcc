import type { ConfiguredCaptioner } from '@descry/contract'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../../components/button.tsx'
import { DestinationBadge } from '../../../components/destination-badge.tsx'
import type { Preset } from '../presets.ts'
import type { Setup } from '../requests/use-save-captioner.ts'
import { settingsHost } from '../settings-host.ts'
import { TestControls } from '../test-controls.tsx'
import { fieldsOf } from './form-fields.ts'
import { FormInput } from './form-input.tsx'
import { fromForm, toForm } from './form-values.ts'
import { needsKey, noKeyChange, toKey } from './key-change.ts'
import { KeyField } from './key-field.tsx'
import { MoreFields } from './more-fields.tsx'

type Props = {
  preset: Preset
  /** The one that is edited; without, a new one is made. */
  own?: ConfiguredCaptioner | undefined
  name: string
  /** Names that others have. */
  taken: readonly string[]
  isSaving: boolean
  onSave: (setup: Setup) => void
  /** What went wrong with saving. */
  children?: ReactNode
}

/** What a kind of captioner needs, checked by the contract; it can be tested before it is saved. */
export function CaptionerForm({ preset, own, name, taken, isSaving, onSave, children }: Props) {
  const { kind } = preset
  const [values, setValues] = useState(() =>
    toForm(kind, own?.settings ?? { ...preset.settings, name }),
  )
  const [keyChange, setKeyChange] = useState(noKeyChange)
  // Mistakes are told once someone asks for the form to be used, and from then on while it is mended.
  const [asked, setAsked] = useState(0)
  const formRef = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (asked > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [asked])

  const enabled = own?.settings.enabled ?? true
  const { settings, errors } = fromForm({ kind, enabled }, values, taken)
  const hasKey = keyChange.text.trim() !== '' || (own?.keyHint != null && !keyChange.isRemoved)
  const keyError = settings && needsKey(settings) && !hasKey ? 'Fill this in.' : undefined
  const shown = asked > 0 ? errors : {}

  const getSetup = (): Setup | undefined => {
    setAsked((times) => times + 1)
    return settings && !keyError ? { settings, ...toKey(keyChange) } : undefined
  }
  const fields = fieldsOf(kind)
  const draw = (field: (typeof fields)[number]) => (
    <FormInput
      key={field.path}
      field={field}
      value={values[field.path] ?? ''}
      error={shown[field.path]}
      isFixed={own !== undefined && field.path === 'name'}
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
      {fields.filter(({ isNeeded }) => isNeeded).map(draw)}
      {preset.key && (
        <KeyField
          words={preset.key}
          stored={own?.keyHint ?? null}
          change={keyChange}
          error={asked > 0 ? keyError : undefined}
          onChange={setKeyChange}
        />
      )}
      <MoreFields
        fields={fields.filter(({ isNeeded }) => !isNeeded)}
        without={preset.without}
        hasError={Object.keys(shown).length > 0}
        draw={draw}
      />
      {settings && <DestinationBadge host={settingsHost(settings)} />}
      {children}
      <TestControls name={values.name ?? ''} getSetup={getSetup}>
        <Button type="submit" variant="primary" disabled={isSaving} className="order-first mr-1">
          {isSaving ? 'Saving' : 'Save'}
        </Button>
      </TestControls>
    </form>
  )
}
