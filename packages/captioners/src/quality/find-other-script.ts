/** The script most of a text is in, if the language asked for is not written in it. */
export function findOtherScript(text: string, tag: string): string | undefined {
  const own = scriptsOf(tag)
  if (own.length === 0) return undefined
  const counts = scripts.map((script) => ({ script, letters: countLetters(text, script) }))
  const total = counts.reduce((sum, { letters }) => sum + letters, 0)
  const other = counts
    .filter(({ script }) => !own.includes(script))
    .reduce((most, count) => (count.letters > most.letters ? count : most))
  if (other.letters > mostForeign(other.script, tag) * total)
    return `another script (${other.script})`
  return tag.startsWith('ja') && isChinese(text) ? 'Chinese' : undefined
}

const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Hangul',
  'Han',
  'Kana',
] // prettier-ignore
type Script = string

/** By the code that `Intl.Locale` gives for the likely script of a language. */
const scriptsByCode: Record<string, Script[]> = {
  Latn: ['Latin'],
  Cyrl: ['Cyrillic'],
  Grek: ['Greek'],
  Arab: ['Arabic'],
  Hebr: ['Hebrew'],
  Deva: ['Devanagari'],
  Beng: ['Bengali'],
  Taml: ['Tamil'],
  Thai: ['Thai'],
  Kore: ['Hangul'],
  Hans: ['Han'],
  Hant: ['Han'],
  Jpan: ['Han', 'Kana'],
}

/** None for a tag that is not well-formed or whose script we cannot count: then nothing is judged. */
function scriptsOf(tag: string): Script[] {
  try {
    return scriptsByCode[new Intl.Locale(tag).maximize().script ?? ''] ?? []
  } catch {
    return []
  }
}

/** Brands and names stay in Latin letters everywhere; kana in a Chinese text are few. */
const mostForeign = (script: Script, tag: string) =>
  tag.startsWith('zh') && script === 'Kana' ? 0.2 : 0.4

const patterns = new Map(
  scripts.map((script) => [
    script,
    script === 'Kana'
      ? /[\p{Script=Hiragana}\p{Script=Katakana}]/gu
      : new RegExp(`\\p{Script=${script}}`, 'gu'),
  ]),
)

/** Where a character is a syllable or a word, it counts as two letters. */
const countLetters = (text: string, script: Script) =>
  (text.slice(0, 4000).match(patterns.get(script) ?? /$^/g)?.length ?? 0) *
  (['Han', 'Kana', 'Hangul'].includes(script) ? 2 : 1)

/** Japanese of that length has kana; some characters are Chinese alone. */
const isChinese = (text: string) =>
  countLetters(text, 'Kana') === 0 &&
  (countLetters(text, 'Han') > 12 || /[们这个为说没还吗呢吧么她你它很在着]/.test(text))
