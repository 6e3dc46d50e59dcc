/** As Postgres can keep it: it takes neither NUL nor the halves of characters that a cut can leave. */
export const toStorable = (text: string): string => text.toWellFormed().replaceAll('\0', '')

/** A caption as it is stored. */
export const cleanText = (text: string): string => toStorable(text).trim()
