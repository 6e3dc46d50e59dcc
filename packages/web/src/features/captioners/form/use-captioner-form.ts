import { type ConfiguredCaptioner, needsCaptionerKey, requiredMessage } from '@descry/contract'
import { type RefObject, useState } from 'react'
import { useSubmitAttempts } from '../../../lib/forms/use-submit-attempts.ts'
import type { Preset } from '../presets.ts'
import type { Setup } from '../requests/use-save-captioner.ts'
import { type FormValues, fromForm, toForm } from './form-values.ts'
import { noKeyChange, toKey } from './key-field.tsx'

type Options = {
  preset: Preset
  /** The captioner being edited. Absent: a new one. */
  existing: ConfiguredCaptioner | undefined
  name: string
  /** Names of other captioners. */
  takenNames: readonly string[]
  formRef: RefObject<HTMLFormElement | null>
}

const noErrors: FormValues = {}

/** What is entered in the form of a captioner, and what is wrong with it. */
export function useCaptionerForm({ preset, existing, name, takenNames, formRef }: Options) {
  const { kind } = preset
  const [values, setValues] = useState(() =>
    toForm(kind, existing?.settings ?? { ...preset.settings, name }),
  )
  const [keyChange, setKeyChange] = useState(noKeyChange)
  const { hasTried, countAttempt } = useSubmitAttempts(formRef)

  const enabled = existing?.settings.enabled ?? true
  const { settings, errors } = fromForm({ kind, enabled }, values, takenNames)
  const hasKey = keyChange.text.trim() !== '' || (existing?.keyHint != null && !keyChange.isRemoved)
  const keyError = settings && needsCaptionerKey(settings) && !hasKey ? requiredMessage : undefined

  return {
    values,
    setValue: (path: string, value: string) =>
      setValues((before) => ({ ...before, [path]: value })),
    keyChange,
    setKeyChange,
    /** Absent while the form has errors. */
    settings,
    /** What to show: nothing before the first attempt to test or save. */
    errors: hasTried ? errors : noErrors,
    keyError: hasTried ? keyError : undefined,
    /** Called to test or save. Returns nothing if the form has errors, which it then shows. */
    getSetup: (): Setup | undefined => {
      countAttempt()
      return settings && !keyError ? { settings, ...toKey(keyChange) } : undefined
    },
  }
}
