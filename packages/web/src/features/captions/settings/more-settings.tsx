import type { Prompt } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Field, inputClass } from '../../../components/field.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import { languages, nameLanguage } from './languages.ts'
import type { Settings } from './settings.ts'

type Props = Pick<Settings, 'language' | 'prompt'> & {
  /** For the styles that are chosen. */
  prompts: readonly Prompt[]
  onChoose: (change: Partial<Settings>) => void
}

/** Language and prompt. What is chosen there is said while they are closed. */
export function MoreSettings({ language, prompt, prompts, onChoose }: Props) {
  const chosen = prompts.find(({ name }) => name === prompt)
  const said = [language && nameLanguage(language), chosen?.name].filter(Boolean).join(', ')
  return (
    <Disclosure summary={said ? `More: ${said}` : 'More: language, prompt'}>
      <div className="mt-2 flex flex-col gap-4">
        <Field
          label="Language"
          hint="For captioners that follow instructions; the others write English."
        >
          {(attributes) => (
            <select
              {...attributes}
              value={language}
              onChange={(event) => onChoose({ language: event.target.value })}
              className={inputClass}
            >
              <option value="">English</option>
              {languages.map((tag) => (
                <option key={tag} value={tag}>
                  {nameLanguage(tag)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field
          label="Prompt"
          hint={
            <>
              {prompts.length === 0 && 'No prompt is saved for these styles. '}
              <Link
                to="/settings"
                search={{ section: 'prompts' }}
                className="text-n9 underline underline-offset-2"
              >
                Saved prompts
              </Link>
            </>
          }
        >
          {(attributes) => (
            <select
              {...attributes}
              value={chosen?.name ?? ''}
              onChange={(event) => onChoose({ prompt: event.target.value })}
              className={inputClass}
            >
              <option value="">The usual of each style</option>
              {prompts.map(({ name, style }) => (
                <option key={name} value={name}>
                  {`${name} (${styleLabels[style].name})`}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </Disclosure>
  )
}
