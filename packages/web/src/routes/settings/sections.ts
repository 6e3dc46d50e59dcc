/** The parts of the settings page, in the order they are shown. */
export const sections = {
  captioners: 'Captioners',
  chain: 'Chain',
  privacy: 'Privacy and budgets',
  prompts: 'Prompts',
} as const

export type Section = keyof typeof sections

export const sectionNames = Object.keys(sections) as Section[]

/** What the address of the settings page says: a section, and what is added or edited there. */
export type SettingsSearch = { section?: Section; add?: string; edit?: string }

export function parseSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  const { section, add, edit } = search
  const known = sectionNames.find((name) => name === section)
  return {
    ...(known && { section: known }),
    ...(typeof add === 'string' && add !== '' && { add }),
    ...(typeof edit === 'string' && edit !== '' && { edit }),
  }
}
