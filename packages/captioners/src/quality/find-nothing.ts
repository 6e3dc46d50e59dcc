/** A text without a letter or digit, or with a word that only programs use for "nothing". */
export const findNothing = (text: string): string | undefined =>
  /[\p{L}\p{N}]/u.test(text) && !nothing.test(text)
    ? undefined
    : 'There is no caption in the reply.'

const nothing = /^\W{0,4}(?:null|none|nil|undefined|nan|n\/a|empty string)\W{0,4}$/i
