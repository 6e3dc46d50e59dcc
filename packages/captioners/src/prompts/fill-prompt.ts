import type { Style } from '@descry/contract'
import { prompts } from './prompts.ts'

type Values = { style: Style; trigger?: string | undefined; language?: string | undefined }

/**
 * The instruction for a model: a saved template, or that of the style. `{style}`, `{trigger}` and
 * `{language}` stand for what is asked; a line whose variable has no value is left out.
 */
export function fillPrompt(
  template: string | undefined,
  { style, trigger, language }: Values,
): string {
  const values: Record<string, string | undefined> = {
    style,
    trigger,
    language: language && nameLanguage(language),
  }
  return (template ?? prompts[style])
    .split('\n')
    .filter((line) =>
      [...line.matchAll(VARIABLE)].every(([, name = '']) => values[name] !== undefined),
    )
    .map((line) => line.replace(VARIABLE, (_, name: string) => values[name] ?? ''))
    .join('\n')
    .trim()
}

const VARIABLE = /\{(style|trigger|language)\}/g

/** "German" for `de`: models know names better than tags. */
function nameLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}
