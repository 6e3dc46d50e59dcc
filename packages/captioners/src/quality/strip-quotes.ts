/** Takes quotation marks off that belong together and are around everything. */
export function stripQuotes(text: string): string {
  const close = pairs.get(text.charAt(0))
  if (!close?.includes(text.slice(-1)) || text.length < 2) return text
  const inner = text.slice(1, -1)
  return isOneQuote(inner, text.charAt(0), text.slice(-1)) ? inner.trim() : text
}

/** The opening marks, each with what may close it: „“ in German, „” in Polish, ”” in Swedish. */
const pairs = new Map([
  ['"', '"'],
  ["'", "'"],
  ['“', '”“'],
  ['„', '“”'],
  ['”', '”'],
  ['‘', '’'],
  ['‚', '‘’'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['「', '」'],
  ['『', '』'],
])

/** False for `Exit" and "No exit`: there, the mark at the start is closed before the end. */
function isOneQuote(inner: string, open: string, close: string): boolean {
  if (open !== close) return isBalanced(inner, open, close)
  const first = [...inner.matchAll(markOutsideWord(open))][0]
  return first === undefined || /^$|[\s([]$/.test(inner.slice(0, first.index).slice(-1))
}

/** An apostrophe between letters is no quotation mark. */
const markOutsideWord = (mark: string) => new RegExp(`(?<!\\p{L})${mark}|${mark}(?!\\p{L})`, 'gu')

function isBalanced(inner: string, open: string, close: string): boolean {
  let depth = 0
  for (let index = 0; index < inner.length; index++) {
    if (inner[index] === open) depth++
    else if (inner[index] === close && !isApostrophe(inner, index)) depth--
    if (depth < 0) return false
  }
  return depth === 0
}

const isApostrophe = (text: string, index: number) =>
  text[index] === '’' && /\p{L}/u.test(text[index + 1] ?? '')
