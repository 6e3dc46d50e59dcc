import { expect, test } from 'vitest'
import { pairCaptions } from './pair-captions.ts'

const [one, two] = ['caf\u00e9.jpg', 'cafe\u0301.jpg'] // the same to the eye

test('names in the other form of Unicode are those of the same image', () => {
  const paired = pairCaptions(new Map([[two, 'A']]), new Map([[one, ['B']]]))
  expect(paired).toEqual({
    ids: [one],
    pairs: [{ hypothesis: 'A', references: ['B'] }],
    warnings: [],
  })
})

test('names that are exactly the same go first', () => {
  const hypotheses = new Map([
    [two, 'A2'],
    [one, 'A1'],
  ])
  const both = pairCaptions(
    hypotheses,
    new Map([
      [one, ['B1']],
      [two, ['B2']],
    ]),
  )
  expect(both.pairs.map(({ hypothesis }) => hypothesis)).toEqual(['A1', 'A2'])
  expect(both.warnings).toEqual([])

  const { ids, warnings } = pairCaptions(hypotheses, new Map([[one, ['B1']]]))
  expect(ids).toEqual([one])
  expect(warnings).toEqual([expect.stringContaining('1 image with a hypothesis but no references')])
})
