/** Text from a file, for a terminal: control characters are shown, not obeyed. */
export const toVisible = (text: string): string =>
  text.replace(/\p{Cc}/gu, (mark) => `\\x${mark.charCodeAt(0).toString(16).padStart(2, '0')}`)
