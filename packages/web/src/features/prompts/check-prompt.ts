import { describeIssue, Prompt, requiredMessage } from '@descry/contract'

/** What a template may contain in braces. */
export const promptVariables = {
  style: 'the requested style: concise, creative, alt or training',
  trigger: 'the trigger word of a training caption',
  language: 'the language of the caption, by its English name, such as German',
} as const

type Checked = {
  /** Absent while there are errors. */
  prompt: Prompt | undefined
  errors: Partial<Record<keyof Prompt, string>>
  /** What is allowed, but probably a mistake. */
  warning: string | undefined
}

/** Checks a prompt that is being written. Under a name that is taken, it would replace another prompt. */
export function checkPrompt(draft: Prompt, takenNames: readonly string[]): Checked {
  const parsed = Prompt.safeParse({ ...draft, name: draft.name.trim() })
  const errors: Checked['errors'] = {}
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path[0] as keyof Prompt
    errors[field] ??= draft[field].trim() === '' ? requiredMessage : describeIssue(issue)
  }
  if (parsed.data && takenNames.includes(parsed.data.name)) {
    errors.name = 'Another prompt has this name.'
  }
  return {
    prompt: Object.keys(errors).length === 0 ? parsed.data : undefined,
    errors,
    warning: warnOfUnknownVariables(draft.template),
  }
}

function warnOfUnknownVariables(template: string): string | undefined {
  const names = findUnknownVariables(template).map((name) => `{${name}}`)
  if (names.length === 0) return undefined
  const [subject, object] =
    names.length === 1 ? ['is not a variable', 'it'] : ['are not variables', 'them']
  return `${names.join(', ')} ${subject}: the model will see ${object} as written.`
}

/** Words in braces that are no variables, so that a model would see them as written. */
export function findUnknownVariables(template: string): string[] {
  const names = [...template.matchAll(/\{([A-Za-z_]+)\}/g)].flatMap(([, name]) => name ?? [])
  return [...new Set(names)].filter((name) => !(name in promptVariables))
}
