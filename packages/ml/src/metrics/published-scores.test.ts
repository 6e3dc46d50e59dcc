import { describe, expect, test } from 'vitest'
import { readVectors } from '../../test/read-vectors.ts'
import { isClose } from '../../test/sample-captions.ts'
import { scoreBleu } from './bleu.ts'
import { scoreCider } from './cider.ts'
import edgeCases from './edge-cases.json' with { type: 'json' }
import type { CaptionPair } from './metric.ts'
import { scoreRougeL } from './rouge-l.ts'

/** What the reference Python prints: tokens in, one value an image and one of the corpus. */
type Scores<Value> = Partial<Record<string, Value>>
type Computed = {
  corpus: Scores<number>
  per_image: Scores<number[]>
  order: string[]
  bleu_totals: string
}
type Case = {
  name: string
  refs: Record<string, string[]>
  hyps: Record<string, string[]>
  refs_ptb?: Record<string, string[]>
  hyps_ptb?: Record<string, string[]>
  computed_here: Computed
}

const ownCase: Case = {
  name: 'edge cases',
  refs: edgeCases.refs,
  hyps: edgeCases.hyps,
  computed_here: {
    corpus: edgeCases.expected,
    per_image: edgeCases.per_image,
    order: edgeCases.per_image_order,
    bleu_totals: edgeCases.bleu_totals,
  },
}

describeCases('edge-cases.json', [ownCase])
for (const name of ['nlg_eval.json', 'coco_caption_test_metrics.json', 'aac_metrics.json']) {
  const cases = readVectors<{ cases: Case[] }>(name)?.cases
  // Some cases publish METEOR values only.
  describeCases(
    name,
    cases?.filter((given) => given.computed_here?.order),
  )
}

function describeCases(file: string, cases: Case[] | undefined): void {
  describe(file, () => {
    test.skipIf(!cases)('is at hand (DESCRY_TEST_VECTORS)', () => expect(cases).not.toEqual([]))
    test.each(cases ?? [])('$name: the reference scores to 12 digits', (given) => {
      const { corpus, per_image: perImage, bleu_totals: totals } = given.computed_here
      const pairs = toPairs(given)
      const scores = scoreAllMetrics(pairs)
      for (const [key, { corpus: ours, perImage: oursPerImage }] of Object.entries(scores)) {
        const expected = [corpus[key], ...(perImage[key] ?? [])]
        const wrong = [ours, ...oursPerImage].filter((value, i) => !isClose(value, expected[i]!))
        expect({ key, wrong, count: oursPerImage.length }).toEqual({
          key,
          wrong: [],
          count: perImage[key]!.length,
        })
      }
      expect(describeCounts(scoreBleu(pairs))).toBe(totals.split('\n')[0])
    })
  })
}

function toPairs({ refs, hyps, refs_ptb, hyps_ptb, computed_here }: Case): CaptionPair[] {
  return computed_here.order.map((id) => ({
    hypothesis: (hyps_ptb ?? hyps)[id]![0]!,
    references: (refs_ptb ?? refs)[id]!,
  }))
}

function scoreAllMetrics(pairs: CaptionPair[]) {
  const { corpus, perImage } = scoreBleu(pairs)
  const bleu = (order: number) => ({
    corpus: corpus[order - 1]!,
    perImage: perImage.map((scores) => scores[order - 1]!),
  })
  return {
    Bleu_1: bleu(1),
    Bleu_2: bleu(2),
    Bleu_3: bleu(3),
    Bleu_4: bleu(4),
    ROUGE_L: scoreRougeL(pairs),
    CIDEr: scoreCider(pairs),
    CIDEr_original_vrama91: scoreCider(pairs, { variant: 'cider' }),
  }
}

/** As Python prints them. */
function describeCounts({ counts }: ReturnType<typeof scoreBleu>): string {
  const { hypothesisLength, referenceLength, guessed, correct } = counts
  const list = (values: readonly number[]) => `[${values.join(', ')}]`
  return `{'testlen': ${hypothesisLength}, 'reflen': ${referenceLength}, 'guess': ${list(guessed)}, 'correct': ${list(correct)}}`
}

type Abstract48S = {
  refs_ptb: Record<string, string[]>
  runs: Record<string, AbstractRun>
}
type AbstractRun = {
  image_ids: string[]
  hyps_ptb: string[]
  expected: Record<'CIDEr' | 'CIDEr-D', { mean: number; per_candidate: number[] }>
}

const abstract = readVectors<Abstract48S>('cider_abstract48S.json')

describe('500 scenes with 48 references', () => {
  test.skipIf(!abstract)('are at hand (DESCRY_TEST_VECTORS)', () => expect(abstract).toBeDefined())

  const cases = Object.keys(abstract?.runs ?? {}).flatMap((run) =>
    (['CIDEr', 'CIDEr-D'] as const).map((variant) => ({ run, variant })),
  )

  test.each(cases)('candidates $run have the published $variant', ({ run, variant }) => {
    const { image_ids: ids, hyps_ptb: hypotheses, expected } = abstract!.runs[run]!
    const pairs = ids.map((id, i) => ({
      hypothesis: hypotheses[i]!,
      references: abstract!.refs_ptb[id]!,
    }))
    const scores = scoreCider(pairs, { variant: variant === 'CIDEr' ? 'cider' : 'cider-d' })

    const { mean, per_candidate: perCandidate } = expected[variant]
    expect(scores.perImage.filter((value, i) => !isClose(value, perCandidate[i]!))).toEqual([])
    expect(isClose(scores.corpus, mean)).toBe(true)
  })
})
