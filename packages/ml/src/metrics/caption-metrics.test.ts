import { expect, test } from 'vitest'
import { captionMetrics, metricNames } from './caption-metrics.ts'
import { loadMeteor } from './meteor/meteor.ts'

const meteor = await loadMeteor()
const pairs = [
  { hypothesis: 'a dog runs over the grass', references: ['a dog runs over the grass'] },
  { hypothesis: 'two boats', references: ['a man rides a red bike', 'a red bike in a street'] },
  { hypothesis: '', references: ['a cat sleeps on a chair'] },
]

test('no two metrics have the same name, and no two columns the same key', () => {
  const keys = captionMetrics.flatMap((metric) =>
    metric.score(pairs, { meteor }).map(({ key }) => key),
  )
  expect(new Set(metricNames).size).toBe(metricNames.length)
  expect(new Set(keys).size).toBe(keys.length)
})

test.each(captionMetrics)(
  '$name scores each image, and a caption that people wrote highest',
  (metric) => {
    for (const { corpus, perImage } of metric.score(pairs, { meteor })) {
      expect([corpus, ...perImage].every(Number.isFinite)).toBe(true)
      expect(perImage).toHaveLength(pairs.length)
      expect(perImage[0]).toBeGreaterThan(perImage[1]!)
      expect(perImage[1]).toBeGreaterThanOrEqual(perImage[2]!)
    }
  },
)
