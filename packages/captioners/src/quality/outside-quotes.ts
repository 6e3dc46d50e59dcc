/**
 * Puts a "…" in the place of quoted text: what a sign in the picture says is no word of the model.
 * A mark without its other half stays, so an unclosed quote hides nothing.
 */
export const outsideQuotes = (text: string) => text.replace(quoted, '…')

/** Each is bounded, so that many opening marks without an end cost little. */
const quoted = new RegExp(
  [
    '"[^"\\n]{1,200}"',
    '[“„”][^“”\\n]{1,200}[”“]',
    '«[^«»\\n]{1,200}»',
    '»[^«»\\n]{1,200}«',
    '[‹][^‹›\\n]{1,200}›',
    '「[^「」\\n]{1,200}」',
    '『[^『』\\n]{1,200}』',
    '《[^《》\\n]{1,200}》',
    '`[^`\\n]{1,200}`',
    "(?<![\\p{L}\\p{N}])['‘‚](?=\\S)(?:[^'’‘\\n]|['’](?=\\p{L})){1,200}['’‘](?!\\p{L})",
  ].join('|'),
  'gu',
)
