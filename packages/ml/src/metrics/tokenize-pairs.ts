import type { CaptionPair } from './metric.ts'
import { tokenizeCaptions } from './ptb/tokenize-captions.ts'

/**
 * The pairs with their texts tokenized. References are one stream and hypotheses another, as in the
 * COCO evaluation: whether an abbreviation's dot ends a sentence may depend on the text that follows.
 */
export function tokenizePairs(pairs: readonly CaptionPair[]): CaptionPair[] {
  const hypotheses = tokenizeCaptions(pairs.map(({ hypothesis }) => hypothesis)).values()
  const references = tokenizeCaptions(pairs.flatMap((pair) => pair.references)).values()
  return pairs.map((pair) => ({
    hypothesis: hypotheses.next().value!,
    references: pair.references.map(() => references.next().value!),
  }))
}
