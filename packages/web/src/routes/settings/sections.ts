/** The sections of the settings page, in the order in which they are shown. */
export const sections = {
  captioners: 'Captioners',
  chain: 'Chain',
  privacy: 'Privacy and budgets',
  prompts: 'Prompts',
} as const

export type Section = keyof typeof sections

export const sectionNames = Object.keys(sections) as Section[]

/** The search parameters of the settings page: a section, and what is added or edited there. */
export type SettingsSearch = { section?: Section; add?: string; edit?: string }

export function parseSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  const { section, add, edit } = search
  const current = sectionNames.find((name) => name === section)
  return {
    ...(current && { section: current }),
    ...(typeof add === 'string' && add !== '' && { add }),
    ...(typeof edit === 'string' && edit !== '' && { edit }),
  }
}
