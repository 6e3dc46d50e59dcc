import type { FindFault } from './fault.ts'
import { outsideQuotes } from './outside-quotes.ts'
import { splitWords } from './split-words.ts'

/** A loop: the same character, word or group of words again and again. */
export const findRepetition: FindFault = ({ unwrapped }) => {
  if (sameCharacter.test(unwrapped)) return 'The reply repeats one character.'
  const words = splitWords(outsideQuotes(unwrapped)).slice(0, mostWords)
  const looped = findPeriod(words)
  if (looped) return `The reply repeats "${looped}".`
  return isMonotonous(words) ? 'The reply says the same over and over.' : undefined
}

const sameCharacter = /(\S)\1{11}/u
const mostWords = 3000

/** The words of a group that follows itself too often, if there is one. */
function findPeriod(words: string[]): string | undefined {
  for (let period = 1; period <= Math.min(40, words.length / 2); period++) {
    let run = 0
    for (let at = period; at < words.length; at++) {
      run = words[at] === words[at - period] ? run + 1 : 0
      const repeats = run / period + 1
      if (repeats >= tooOften(period)) return words.slice(at - period + 1, at + 1).join(' ')
    }
  }
}

/** "Wheels within wheels within wheels" and "tick, tock, tick, tock" are style. */
function tooOften(period: number): number {
  if (period === 1) return 6
  if (period === 2) return 4.5
  if (period === 3) return 3.5
  return period === 4 ? 3 : 2.75
}

/** Loops that vary a little: less than half of all groups of three are new, or hardly a word is. */
function isMonotonous(words: string[]): boolean {
  if (words.length < 16) return false
  const triples = words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`)
  if (new Set(triples).size < triples.length / 2) return true
  const head = words.slice(0, 200)
  return head.length >= 60 && new Set(head).size < head.length / 4
}
