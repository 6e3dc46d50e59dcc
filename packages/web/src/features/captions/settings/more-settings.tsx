import type { Prompt } from '@descry/contract'
import { Link } from '@tanstack/react-router'
import { Disclosure } from '../../../components/disclosure.tsx'
import { Field, inputClass } from '../../../components/field.tsx'
import { styleLabels } from '../../../lib/captions/style-labels.ts'
import type { Choices } from './choices.ts'
import { languages, nameLanguage } from './languages.ts'

type Props = Pick<Choices, 'language' | 'prompt'> & {
  /** Those for the chosen styles. */
  prompts: readonly Prompt[]
  onChoose: (change: Partial<Choices>) => void
}

/** Language and prompt. While they are hidden, the summary says what is chosen. */
export function MoreSettings({ language, prompt, prompts, onChoose }: Props) {
  const chosen = prompts.find(({ name }) => name === prompt)
  const summary = [language && nameLanguage(language), chosen?.name].filter(Boolean).join(', ')
  return (
    <Disclosure summary={summary ? `More: ${summary}` : 'More: language, prompt'}>
      <div className="mt-2 flex flex-col gap-4">
        <Field
          label="Language"
          hint="For captioners that follow instructions. Others write English only."
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
              {prompts.length === 0 && 'There are no prompts for these styles. '}
              <Link
                to="/settings"
                search={{ section: 'prompts' }}
                className="text-n9 underline underline-offset-2"
              >
                Manage prompts
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
              <option value="">Default for each style</option>
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
