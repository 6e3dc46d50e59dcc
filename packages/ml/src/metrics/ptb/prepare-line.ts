/**
 * A caption as the scanner reads it.
 *
 *   text       the caption, a line end, and the beginning of what follows it
 *   end        where the caption ends
 *   lastDigit  the place of its last digit, -1 without one
 *   addresses  could it hold an address? undefined until asked
 */
export type Line = { text: string; end: number; lastDigit: number; addresses?: boolean }

/**
 * A caption is one line whatever it holds: all that Java takes for a line end becomes a space. (The
 * reference does so for `\n` alone, and comes out of step with its input at any other.) Characters
 * beyond the basic plane become U+FFFF, which no rule knows.
 */
export function prepareLine(caption: string, following: string): Line {
  const line = onOneLine(caption)
  return {
    text: `${line}\n${onOneLine(following)}`,
    end: line.length,
    lastDigit: lastDigitOf(line),
  }
}

/** Stands for a character that is deleted. Addresses can swallow one; it is then taken out of them. */
export const UNKNOWN = '\uFFFF'

const onOneLine = (text: string): string =>
  text.replace(/[\n\r\v\f\u0085\u2028\u2029]/g, ' ').replace(UNKNOWNS, UNKNOWN)

/** Halves of astral characters; variation selectors and the keycap, which are marks but no letters. */
const UNKNOWNS = /[\ud800-\udfff]|[\ufe00-\ufe0f]|\u20e3/g

export function mayHoldAddress(line: Line): boolean {
  line.addresses ??= /@|:\/\/|www\.|\.(?:com|net|org|edu)/i.test(line.text)
  return line.addresses
}

const someDigit = /\p{Nd}/u

function lastDigitOf(line: string): number {
  for (let i = line.length - 1; i >= 0; i--) {
    const code = line.charCodeAt(i)
    if (code >= 48 && code <= 57) return i
    if (code > 127 && someDigit.test(line[i]!)) return i
  }
  return -1
}
