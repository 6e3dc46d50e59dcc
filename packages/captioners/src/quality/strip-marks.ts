/** Takes markdown off that is around everything: a code block, bold, italics, a quotation mark of mail. */
export function stripMarks(text: string): string {
  const fenced = stripFence(text)
  if (fenced !== text) return fenced
  for (const mark of marks) {
    if (isAround(mark, text)) return text.slice(mark.length, -mark.length).trim()
  }
  return text.replace(/^>\s{1,4}(?=\S)/, '')
}

/** The longer first: `**` is not `*` twice. */
const marks = ['***', '**', '*', '__', '_', '~~', '``', '`']

function isAround(mark: string, text: string): boolean {
  if (!text.startsWith(mark) || !text.endsWith(mark)) return false
  const inner = text.slice(mark.length, -mark.length)
  if (inner.length === 0 || /^\s|\s$/.test(inner)) return false
  // Underscores inside words are part of triggers such as "sks_dog".
  return mark.startsWith('_')
    ? !/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u.test(inner)
    : !inner.includes(mark.charAt(0))
}

/** A block that holds JSON keeps its fence off as well: what is inside is judged like any text. */
function stripFence(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```') || text.length < 6) return text
  const inner = text.slice(3, -3)
  return inner.includes('```') ? text : inner.replace(/^[a-z]{0,12}(?=\n)/i, '').trim()
}
