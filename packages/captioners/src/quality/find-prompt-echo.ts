import type { FindFault } from './fault.ts'
import { splitWords } from './split-words.ts'

/** A sentence of the prompt, or a long run of its words, that came back in the reply. */
export const findPromptEcho: FindFault = ({ text }, { prompt }) => {
  if (!prompt) return undefined
  const reply = ` ${splitWords(text).join(' ')} `
  const sentences = prompt
    .slice(0, 4000)
    .split(/[.!?。！？\n]+/)
    .map(splitWords)
  const echoed = sentences.flatMap(telling).find((words) => reply.includes(` ${words.join(' ')} `))
  return echoed && `The reply repeats the prompt: "${echoed.join(' ')}".`
}

/**
 * The parts of a sentence that a caption would not share by chance: all of a short one, each eight
 * words of a long one.
 */
function telling(words: string[]): string[][] {
  if (words.length < 4) return []
  if (words.length <= longRun) return [words]
  return words.slice(longRun - 1).map((_, index) => words.slice(index, index + longRun))
}

const longRun = 8
