import { type Prompt, Style } from '@descry/contract'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { inputClass } from '../../components/input-class.ts'
import { styleLabels } from '../../lib/captions/style-labels.ts'
import { checkPrompt } from './check-prompt.ts'
import { promptVariables } from './prompt-variables.ts'

type Props = {
  own: Prompt | undefined
  /** Names that others have. */
  taken: readonly string[]
  isSaving: boolean
  onSave: (prompt: Prompt) => void
  /** What went wrong with saving. */
  children?: ReactNode
}

const EXAMPLE = `Describe this image in one sentence for a museum catalogue.
Write in {language}.
Reply with the sentence only.`
const blank: Prompt = { name: '', style: 'concise', template: '' }

/** A prompt's name, style and words, with what its variables mean. */
export function PromptForm({ own, taken, isSaving, onSave, children }: Props) {
  const [draft, setDraft] = useState<Prompt>(own ?? blank)
  const [asked, setAsked] = useState(0)
  const formRef = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (asked > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [asked])

  const { prompt, errors, warning } = checkPrompt(draft, taken)
  const shown = asked > 0 ? errors : {}
  const change = (part: Partial<Prompt>) => setDraft((before) => ({ ...before, ...part }))
  return (
    <form
      ref={formRef}
      noValidate
      className="flex max-w-2xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        setAsked((times) => times + 1)
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
            readOnly={own !== undefined}
            onChange={(event) => change({ name: event.target.value })}
            className={`${inputClass} read-only:border-n4 read-only:bg-n2`}
          />
        )}
      </Field>
      <Field label="Style" hint="It is offered when captions of this style are asked for.">
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
      <Field label="What the model is told" error={shown.template} hint={<Variables />}>
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

function Variables() {
  return (
    <>
      <p>These stand for what a request says. A line with one that has no value is left out.</p>
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
