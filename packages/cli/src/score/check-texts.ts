import { isPrintedList, isUnspaced } from '@descry/formats'
import { type CaptionPair, warnOf } from '@descry/ml/metrics'

/** Where texts as they were written are not what the metrics take them for, in words. */
export function checkTexts(ids: readonly string[], pairs: readonly CaptionPair[]): string[] {
  const idsWhere = (test: (text: string) => boolean) =>
    ids.filter((_, i) => {
      const { hypothesis = '', references = [] } = pairs[i] ?? {}
      return test(hypothesis) || references.some(test)
    })
  return [
    ...warnOf(
      idsWhere(isUnspaced),
      'with texts that have no spaces between their words, so that each counts as one word: give --segment to put spaces there, or texts that are segmented',
    ),
    ...warnOf(
      idsWhere(isPrintedList),
      'with a text that looks like a list that was printed as one text, and is scored as one caption',
    ),
  ]
}
