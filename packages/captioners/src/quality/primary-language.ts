/** `de` for `de-AT`; English where no language is named. */
export const primaryLanguage = (tag = 'en') => tag.split(/[-_]/, 1)[0]?.toLowerCase() || 'en'

export const isEnglish = (tag: string | undefined) => primaryLanguage(tag) === 'en'
