import type { CaptionMetric } from '../caption-metric.ts'

export const meteorMetric = {
  name: 'meteor',
  about: 'METEOR 1.5',
  isDefault: true,
  uses: 'meteor',
  score(pairs, { meteor }) {
    if (!meteor) throw new TypeError('METEOR needs its tables: pass what loadMeteor returned.')
    return [{ key: 'METEOR', ...meteor.score(pairs) }]
  },
} as const satisfies CaptionMetric
