import { tokenizeCaptions } from './ptb/tokenize-captions.ts'

/** The captions of each image, tokenized as one stream: see `tokenizeCaptions`. */
export function tokenizeGroups(groups: readonly (readonly string[])[]): string[][] {
  const tokenized = tokenizeCaptions(groups.flat()).values()
  return groups.map((captions) => captions.map(() => tokenized.next().value!))
}
