/** Takes "Image of" and "Picture of" off the start: a screen reader says so anyway. */
export const fitAlt = (text: string) => text.replace(/^(?:an? |the )?(?:image|picture) of\s+/i, '')

/** One line without a full stop at its end. */
export function fitTraining(text: string): string {
  const line = isList(text) ? text : text.replace(/(?<!\n)\n(?!\n)/g, ' ')
  return /[^.]\.$/.test(line) ? line.slice(0, -1) : line
}

/** A sentence that runs over a line break is one line. */
export const joinBrokenLine = (text: string) =>
  isList(text) ? text : text.replace(/(?<=[\p{L},])\n(?=\p{Ll})/gu, ' ')

/** Lines that start with a bullet, a number or a key such as "Setting:". */
export const isList = (text: string) =>
  text.includes('\n') &&
  /^[ \t]{0,8}(?:[-*•‣·–]|\d{1,2}[.)])\s|^[\p{L} ]{2,25}[:：][ \t]/mu.test(text)
