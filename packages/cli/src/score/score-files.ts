import { readCaptionJson, readHypothesisJson, segmenterName, segmentWords } from '@descry/formats'
import {
  type CaptionPair,
  type CaptionScores,
  collectVocabulary,
  type DocumentFrequency,
  loadMeteor,
  type Meteor,
  pairCaptions,
  scoreCaptions,
  tokenizePairs,
  usesResource,
  warnOfScores,
} from '@descry/ml/metrics'
import type { Output } from '../command.ts'
import { checkTexts } from './check-texts.ts'
import { readDocumentFrequency } from './read-document-frequency.ts'
import type { ScoreFilesOptions } from './read-score-options.ts'

export type ScoreReport = CaptionScores & {
  /** In the order of `perImage`. */
  ids: string[]
  references: number
  /** Which of METEOR's stages ran, if it did. */
  meteorVariant: string | undefined
  /** What put spaces between words, if that was asked for. */
  segmenter: string | undefined
  warnings: string[]
}

/** Reads, tokenizes and scores; says on a terminal what it is at. */
export async function scoreFiles(options: ScoreFilesOptions, stderr: Output): Promise<ScoreReport> {
  const say = (phase: string) => void (stderr.isTTY && stderr.write(`\r\u001b[2K${phase}`))
  try {
    return await readAndScore(options, say)
  } finally {
    say('')
  }
}

async function readAndScore(
  options: ScoreFilesOptions,
  say: (phase: string) => void,
): Promise<ScoreReport> {
  const { metrics, ciderDf } = options
  say('Reading …')
  const hypotheses = await readHypothesisJson(options.hyps)
  const references = await readCaptionJson(options.refs)
  const paired = pairCaptions(hypotheses, references)

  say(`Tokenizing the captions of ${paired.ids.length} images …`)
  const texts = options.segment ? paired.pairs.map(segmentPair) : paired.pairs
  const pairs = options.tokenize === 'ptb' ? tokenizePairs(texts) : texts
  const documentFrequency: DocumentFrequency | undefined =
    ciderDf === undefined ? undefined : await readDocumentFrequency(ciderDf, options)
  const meteor = await prepareMeteor(options, pairs)

  say(`Scoring ${paired.ids.length} images …`)
  const scores = scoreCaptions(pairs, { metrics, meteor, documentFrequency })
  return {
    ...scores,
    ids: paired.ids,
    references: pairs.reduce((sum, pair) => sum + pair.references.length, 0),
    meteorVariant: meteor?.variant,
    segmenter: options.segment ? segmenterName : undefined,
    warnings: [
      ...paired.warnings,
      ...checkTexts(paired.ids, texts),
      ...warnOfScores(paired.ids, pairs, { metrics, documentFrequency }),
    ],
  }
}

const segmentPair = ({ hypothesis, references }: CaptionPair): CaptionPair => ({
  hypothesis: segmentWords(hypothesis),
  references: references.map(segmentWords),
})

async function prepareMeteor(
  { metrics, meteorParaphrases }: ScoreFilesOptions,
  pairs: readonly CaptionPair[],
): Promise<Meteor | undefined> {
  if (!usesResource(metrics, 'meteor')) return undefined
  if (meteorParaphrases === undefined) return await loadMeteor()
  const vocabulary = collectVocabulary(pairs)
  return await loadMeteor({ paraphrases: { file: meteorParaphrases, vocabulary } })
}
