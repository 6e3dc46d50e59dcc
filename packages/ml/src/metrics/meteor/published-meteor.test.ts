import { expect, test } from 'vitest'
import { readVectors } from '../../../test/read-vectors.ts'
import { toArray } from '../chain.ts'
import edgeCases from '../edge-cases.json' with { type: 'json' }
import { createMeteor } from './meteor.ts'
import { makeParaphraseTable } from './read-paraphrases.ts'
import { loadWordnetSynonyms } from './wordnet-synonyms.ts'

/** Texts by image, and what METEOR 1.5 says of them without a paraphrase table. */
type Case = {
  name: string
  refs: Record<string, string[]>
  hyps: Record<string, string[]>
  refs_ptb?: Record<string, string[]>
  hyps_ptb?: Record<string, string[]>
  computed_here?: {
    corpus: { METEOR15_no_paraphrase: number }
    per_image?: { METEOR15_no_paraphrase: number[] }
    order?: string[]
    meteor_stats?: string[]
  }
}

const ownCase: Case = {
  name: 'edge cases',
  refs: edgeCases.refs,
  hyps: edgeCases.hyps,
  computed_here: {
    corpus: edgeCases.expected,
    per_image: edgeCases.per_image,
    order: edgeCases.per_image_order,
    meteor_stats: edgeCases.meteor_stats,
  },
}
const files = ['nlg_eval.json', 'aac_metrics.json', 'coco_caption_test_metrics.json']
const published = files.flatMap((name) => {
  const vectors = readVectors<{ cases: Case[] }>(name)
  return vectors?.cases.filter(({ computed_here }) => computed_here) ?? []
})

const synonyms = loadWordnetSynonyms()

test.each([ownCase, ...published])('$name: METEOR 1.5 is met to the last count', (example) => {
  const { computed_here: expected, refs_ptb, hyps_ptb } = example
  const [refs, hyps] = [refs_ptb ?? example.refs, hyps_ptb ?? example.hyps]
  const ids = expected?.order ?? Object.keys(refs)
  const meteor = createMeteor({ synonyms })

  const pairs = ids.map((id) => ({ hypothesis: hyps[id][0], references: refs[id] }))
  const state = pairs.reduce(meteor.update, meteor.init())
  const { corpus, perImage } = meteor.result(state)

  expect(corpus).toBeCloseTo(expected!.corpus.METEOR15_no_paraphrase, 12)
  if (!expected?.meteor_stats) return
  expect(toArray(state.images)).toEqual(
    expected.meteor_stats.map((line) => line.split(' ').map(Number)),
  )
  for (const [i, score] of expected.per_image!.METEOR15_no_paraphrase.entries())
    expect(perImage[i]).toBeCloseTo(score, 12)
})

type ParaphraseVectors = {
  paraphrase_table_pairs_ref_par: [string, string][]
  expected: {
    flickr8k_500: { corpus: number; ids: string[]; segments: number[]; stats: string[] }
  }
}
const vectors = readVectors<ParaphraseVectors>('meteor15_synthetic_paraphrase.json')
const flickr = readVectors<{ file: string; captions: string[] }[]>('../data/flickr8k/captions.json')

test.skipIf(!vectors || !flickr)(
  'Flickr8k: METEOR 1.5 with a made-up paraphrase table is met on 500 images',
  () => {
    const table = makeParaphraseTable(vectors!.paraphrase_table_pairs_ref_par)
    const meteor = createMeteor({ synonyms, paraphrases: table })
    const captions = new Map(flickr!.map((image) => [image.file, image.captions.map(tokenize)]))
    const { ids, segments, stats, corpus } = vectors!.expected.flickr8k_500

    const pairs = ids.map((id) => {
      const [hypothesis, ...references] = captions.get(id)!
      return { hypothesis, references }
    })
    const state = pairs.reduce(meteor.update, meteor.init())

    expect(toArray(state.images)).toEqual(stats.map((line) => line.split(' ').map(Number)))
    const score = meteor.result(state)
    expect(score.corpus).toBeCloseTo(corpus, 12)
    for (const [i, segment] of segments.entries())
      expect(score.perImage[i]).toBeCloseTo(segment, 12)
  },
)

/** As much of the tokenizer as these captions need. */
const tokenize = (caption: string) =>
  caption
    .toLowerCase()
    .replace(/(\w)('s|'re|'ve|'ll|n't)\b/g, '$1 $2')
    .replace(/[.,!?;:"()]| -+ /g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
