import { type Line, mayHoldAddress } from './prepare-line.ts'
import { type Rule, rules } from './rules.ts'

/** What was read at a place, and where to read on. A token of `undefined` is a character to skip. */
type Scanned = { token: string | undefined; next: number }

type Compiled = Rule & { pattern: RegExp }

/**
 * Reads one token by the rules: the longest match wins, with what must follow counted in, and of
 * equal ones the rule listed first.
 */
export function scanToken(line: Line, position: number): Scanned {
  const { text } = line
  let winner: Compiled | undefined
  let token = ''
  let longest = 0

  for (const rule of rulesAt(text, position)) {
    if (rule.address && !mayHoldAddress(line)) continue
    rule.pattern.lastIndex = position
    const match = rule.pattern.exec(text)
    if (!match) continue
    const length = rule.laterDigit ? reachOfDigits(line, position) : match[0].length
    if (length <= longest) continue
    winner = rule
    token = match[1]!
    longest = length
  }

  if (!winner) return { token: undefined, next: position + 1 }
  const next = position + token.length - (winner.giveBack ?? 0)
  return { token: winner.write ? winner.write(token) : token, next }
}

const compiled: Compiled[] = rules.map((rule) => ({
  ...rule,
  pattern: new RegExp(`(${rule.token})${rule.before ?? ''}`, 'uy'),
}))

const startingWith = {
  letter: compiled.filter((rule) => rule.starts.includes('letter')),
  digit: compiled.filter((rule) => rule.starts.includes('digit')),
  mark: compiled.filter((rule) => rule.starts.includes('mark')),
}

const letter = /[\p{L}\p{M}\u00AD]/uy
const digit = /\p{Nd}/uy

function rulesAt(text: string, position: number): Compiled[] {
  letter.lastIndex = position
  if (letter.test(text)) return startingWith.letter
  digit.lastIndex = position
  return digit.test(text) ? startingWith.digit : startingWith.mark
}

/** How far a rule reaches that wants a digit somewhere after it; 0 where there is none. */
function reachOfDigits(line: Line, position: number): number {
  return line.lastDigit > position ? line.lastDigit + 1 - position : 0
}
