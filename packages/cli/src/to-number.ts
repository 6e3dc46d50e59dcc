/** The number that a flag says; text that is none stays as it is, for the check to refuse it by its words. */
export function toNumber(text: string | undefined): number | string | undefined {
  if (text === undefined || text.trim() === '') return text
  const number = Number(text)
  return Number.isNaN(number) ? text : number
}
