import type { CaptionPair } from './metric.ts'
import { tokenizeCaptions } from './ptb/tokenize-captions.ts'

/**
 * The pairs with their texts tokenized. References are one stream and hypotheses another, as in the
 * COCO evaluation: whether an abbreviation's dot ends a sentence may depend on the text that follows.
 */
export function tokenizePairs(pairs: readonly CaptionPair[]): CaptionPair[] {
  const hypotheses = tokenizeCaptions(pairs.map(({ hypothesis }) => hypothesis))
  const references = tokenizeGroups(pairs.map((pair) => pair.references))
  return pairs.map((_, i) => ({ hypothesis: hypotheses[i]!, references: references[i]! }))
}

/** The captions of each image, tokenized as one stream: see `tokenizeCaptions`. */
export function tokenizeGroups(groups: readonly (readonly string[])[]): string[][] {
  const tokenized = tokenizeCaptions(groups.flat()).values()
  return groups.map((captions) => captions.map(() => tokenized.next().value!))
}
