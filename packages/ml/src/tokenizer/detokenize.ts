import { END } from './vocabulary.ts'

/** The words of a generated caption as metrics take them: joined by spaces, up to the end mark. */
export function toTokens(words: readonly string[], ids: readonly number[]): string {
  const end = ids.indexOf(END)
  return ids
    .slice(0, end === -1 ? ids.length : end)
    .map((id) => words[id] ?? '')
    .join(' ')
}

/** Tokens as people write them: `a man 's dogs do n't run` → `a man's dogs don't run`. */
export const detokenize = (tokens: string): string =>
  tokens.replace(/ (?='(?:s|m|d|re|ve|ll)\b|n't\b)/g, '')
