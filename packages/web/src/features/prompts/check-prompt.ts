import { Prompt } from '@descry/contract'
import { describeIssue } from '../../lib/forms/describe-issue.ts'
import { findUnknownVariables } from './prompt-variables.ts'

type Checked = {
  /** Nothing, while there are errors. */
  prompt: Prompt | undefined
  errors: Partial<Record<keyof Prompt, string>>
  /** What may be meant otherwise than it will be read. */
  warning: string | undefined
}

/** Saved under a name that is taken, a prompt would replace another. */
export function checkPrompt(draft: Prompt, taken: readonly string[]): Checked {
  const parsed = Prompt.safeParse({ ...draft, name: draft.name.trim() })
  const errors: Checked['errors'] = {}
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as keyof Prompt
    errors[field] ??= draft[field].trim() === '' ? 'Fill this in.' : describeIssue(issue)
  }
  if (parsed.data && taken.includes(parsed.data.name)) errors.name = 'Another prompt has this name.'
  const unknown = findUnknownVariables(draft.template).map((name) => `{${name}}`)
  return {
    prompt: Object.keys(errors).length === 0 ? parsed.data : undefined,
    errors,
    warning:
      unknown.length > 0
        ? `${unknown.join(', ')} stands for nothing: the model reads it as it is.`
        : undefined,
  }
}
