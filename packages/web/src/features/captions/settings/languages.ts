/** Tags of the languages that are offered besides English. The API accepts any. */
export const languages = [
  'ar',
  'pt-BR',
  'zh',
  'cs',
  'da',
  'nl',
  'fi',
  'fr',
  'de',
  'el',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'no',
  'pl',
  'pt',
  'ro',
  'ru',
  'es',
  'sv',
  'th',
  'tr',
  'uk',
  'vi',
] as const

const names = new Intl.DisplayNames('en', { type: 'language' })

/** "German" for `de`. */
export const nameLanguage = (tag: string): string => names.of(tag) ?? tag
