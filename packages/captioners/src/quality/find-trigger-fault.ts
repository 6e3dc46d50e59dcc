import type { FindFault } from './fault.ts'

/** The trigger word stands in a training caption once, as a word of its own, in the same case. */
export const findTriggerFault: FindFault = ({ text }, { style, trigger }) => {
  if (style !== 'training' || !trigger) return undefined
  const times = countWord(text, trigger)
  if (times === 1) return undefined
  return times === 0
    ? `The trigger word "${trigger}" is missing.`
    : `The trigger word "${trigger}" stands there ${times} times.`
}

function countWord(text: string, word: string): number {
  let times = 0
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const before = text.slice(Math.max(0, at - 2), at)
    const after = text.slice(at + word.length, at + word.length + 2)
    if (!joinsBefore.test(before) && !joinsAfter.test(after)) times++
  }
  return times
}

/** A possessive ("sks_dog's ear") is the same word; a hyphen makes another one. */
const joinsBefore = /[\p{L}\p{M}\p{N}_]-?$/u
const joinsAfter = /^-?[\p{L}\p{M}\p{N}_]/u
