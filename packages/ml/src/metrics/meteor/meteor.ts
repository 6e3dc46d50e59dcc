import { append, type Chain, toArray } from '../chain.ts'
import { type CaptionPair, type Metric, type Score, scoreAll } from '../metric.ts'
import { requireReferences } from '../require-references.ts'
import { addStatistics, scoreMeteor } from './meteor-score.ts'
import { countMeteor, type MeteorStatistics, NO_STATISTICS } from './meteor-statistics.ts'
import { normalizeForMeteor } from './normalize-for-meteor.ts'
import { type ParaphraseTable, readParaphrases } from './read-paraphrases.ts'
import { createVocabulary } from './word.ts'
import { loadWordnetSynonyms, type WordnetSynonyms } from './wordnet-synonyms.ts'

/** Summed statistics of the best references, and each image's own. */
type MeteorState = { total: MeteorStatistics; images: Chain<MeteorStatistics> }

export type Meteor = Metric<MeteorState, Score> & {
  /**
   * The modules in use. Without the paraphrase table scores of captions are about 3 % lower than
   * published ones, so show this beside them: METEOR 1.5 (ex st sy).
   */
  variant: 'ex st sy' | 'ex st sy pa'
  score(pairs: Iterable<CaptionPair>): Score
}

/**
 * METEOR 1.5 for English, task "ranking", as the COCO caption evaluation runs it (`-l en -norm`) on
 * tokenized texts. An image's value is that of its best reference, the first of equals; the corpus value
 * is the score of the summed statistics of these references, not the mean.
 *
 * A reference that contains `|||` is taken as several, as the separator of METEOR's line protocol splits
 * it there.
 *
 * Sources: Banerjee and Lavie 2005, "METEOR: An Automatic Metric for MT Evaluation with Improved
 * Correlation with Human Judgments"; Denkowski and Lavie 2014, "Meteor Universal".
 */
export function createMeteor(resources: {
  synonyms: WordnetSynonyms
  paraphrases?: ParaphraseTable | undefined
}): Meteor {
  const { synonyms, paraphrases } = resources
  const vocabulary = createVocabulary(synonyms)
  const readWords = (text: string) => normalizeForMeteor(text).map(vocabulary.getWord)

  function countBest(pair: CaptionPair): MeteorStatistics {
    requireReferences(pair)
    const { hypothesis, references } = pair
    vocabulary.trim()
    const words = readWords(cleanHypothesis(hypothesis))
    let best = NO_STATISTICS
    let bestScore = -1
    for (const reference of splitReferences(references)) {
      const statistics = countMeteor(words, readWords(reference), paraphrases)
      const score = scoreMeteor(statistics)
      if (score <= bestScore) continue
      best = statistics
      bestScore = score
    }
    return best
  }

  const metric: Metric<MeteorState, Score> = {
    init: () => ({ total: NO_STATISTICS, images: undefined }),
    update({ total, images }, pair) {
      const statistics = countBest(pair)
      return { total: addStatistics(total, statistics), images: append(images, statistics) }
    },
    result: ({ total, images }) => ({
      corpus: scoreMeteor(total),
      perImage: toArray(images).map(scoreMeteor),
    }),
  }
  return {
    ...metric,
    variant: paraphrases ? 'ex st sy pa' : 'ex st sy',
    score: (pairs) => scoreAll(metric, pairs),
  }
}

/**
 * METEOR with WordNet's synonyms and, if the user has the file, METEOR's paraphrase table. Of that only
 * the entries are kept whose words are in `vocabulary`: see `collectVocabulary`.
 */
export async function loadMeteor(
  options: { paraphrases?: { file: string; vocabulary: ReadonlySet<string> } } = {},
): Promise<Meteor> {
  const { paraphrases } = options
  return createMeteor({
    synonyms: loadWordnetSynonyms(),
    paraphrases: paraphrases && (await readParaphrases(paraphrases.file, paraphrases.vocabulary)),
  })
}

/** All words, as METEOR sees them, of the texts that are to be scored. */
export function collectVocabulary(pairs: Iterable<CaptionPair>): Set<string> {
  const words = new Set<string>()
  for (const { hypothesis, references } of pairs)
    for (const text of [cleanHypothesis(hypothesis), ...splitReferences(references)])
      for (const word of normalizeForMeteor(text)) words.add(word)
  return words
}

/** As the evaluation's driver does, once from left to right. */
const cleanHypothesis = (text: string) => text.replaceAll('|||', '').replaceAll('  ', ' ')

const splitReferences = (references: readonly string[]) =>
  references.flatMap((text) => text.split('|||'))
