import { type Prompt, Style } from '@descry/contract'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, inputClass } from '../../components/field.tsx'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { useSubmitAttempts } from '../../lib/forms/use-submit-attempts.ts'
import { checkPrompt, promptVariables } from './check-prompt.ts'

type Props = {
  /** The prompt being edited. Absent: a new one. */
  existing: Prompt | undefined
  /** Names of other prompts. */
  takenNames: readonly string[]
  isSaving: boolean
  onSave: (prompt: Prompt) => void
  /** The error of the last attempt to save. */
  children?: ReactNode
}

const EXAMPLE = `Describe this image in one sentence for a museum catalogue.
Write in {language}.
Reply with the sentence only.`
const blank: Prompt = { name: '', style: 'concise', template: '' }

/** Edits the name, style and template of a prompt. */
export function PromptForm({ existing, takenNames, isSaving, onSave, children }: Props) {
  const [draft, setDraft] = useState<Prompt>(existing ?? blank)
  const formRef = useRef<HTMLFormElement>(null)
  const { hasTried, countAttempt } = useSubmitAttempts(formRef)
  const { prompt, errors, warning } = checkPrompt(draft, takenNames)
  const shown = hasTried ? errors : {}
  const change = (part: Partial<Prompt>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <form
      ref={formRef}
      noValidate
      className="flex max-w-2xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        countAttempt()
        if (prompt) onSave(prompt)
      }}
    >
      <Field label="Name" error={shown.name}>
        {(attributes) => (
          <input
            {...attributes}
            type="text"
            autoComplete="off"
            value={draft.name}
            readOnly={existing !== undefined}
            onChange={(event) => change({ name: event.target.value })}
            className={`${inputClass} read-only:border-n4 read-only:bg-n2`}
          />
        )}
      </Field>
      <Field label="Style" hint="Offered when captions of this style are requested.">
        {(attributes) => (
          <select
            {...attributes}
            value={draft.style}
            onChange={(event) => change({ style: Style.parse(event.target.value) })}
            className={inputClass}
          >
            {Style.options.map((style) => (
              <option key={style} value={style}>
                {styleLabels[style].name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label="Instructions" error={shown.template} hint={<VariablesHint />}>
        {(attributes) => (
          <textarea
            {...attributes}
            rows={8}
            placeholder={EXAMPLE}
            value={draft.template}
            onChange={(event) => change({ template: event.target.value })}
            className={`${inputClass} py-2`}
          />
        )}
      </Field>
      {warning && <p className="text-small text-n9">{warning}</p>}
      {children}
      <Button type="submit" variant="primary" disabled={isSaving} className="self-start">
        {isSaving ? 'Saving' : 'Save'}
      </Button>
    </form>
  )
}

function VariablesHint() {
  return (
    <>
      <p>
        Variables are replaced by what a request says. A line is left out if its variable has no
        value.
      </p>
      <dl className="mt-2 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
        {Object.entries(promptVariables).map(([name, meaning]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-n9">{`{${name}}`}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
