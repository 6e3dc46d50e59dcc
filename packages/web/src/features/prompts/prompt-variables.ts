/** What a template may have in braces. */
export const promptVariables = {
  style: 'the style that is asked for: concise, creative, alt or training',
  trigger: 'the trigger word of a training caption',
  language: 'the language of the caption, as its English name: German',
} as const

/** Words in braces that stand for nothing: a model would read them as they are. */
export function findUnknownVariables(template: string): string[] {
  const names = [...template.matchAll(/\{([A-Za-z_]+)\}/g)].flatMap(([, name]) => name ?? [])
  return [...new Set(names)].filter((name) => !(name in promptVariables))
}
