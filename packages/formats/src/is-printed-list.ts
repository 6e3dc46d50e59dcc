/**
 * Does a caption look like a list that a program printed, such as `['A dog.', "A pet."]`, JSON, or
 * `[a dog, a cat]`? Spreadsheets and tables turn several captions into one such text.
 */
export function isPrintedList(text: string): boolean {
  const inside = /^"*(?:array\()?[[({](.*)[\])}]"*$/s.exec(text.trim())?.[1]?.trim()
  if (inside === undefined) return false
  return /^['"‘“]/.test(inside) || /^"*\[[^[\]]*,[^[\]]*\]"*$/.test(text.trim())
}
