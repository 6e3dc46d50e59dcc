import { expect, test } from 'vitest'
import { describeLimits, describePrice } from './describe-settings.ts'

test('limits are described in one line', () => {
  expect(
    describeLimits({
      perMinute: 60,
      parallel: 4,
      maxSide: 1024,
      maxBytes: 3_750_000,
      formats: ['image/jpeg', 'image/png'],
    }),
  ).toBe('60 per minute · 4 at a time · 1,024 px · 3.75 MB · JPEG, PNG')
  expect(describeLimits({})).toBe('')
})

test.each([
  [
    { inputPerMillion: 1.25, outputPerMillion: 10, perImage: 0 },
    '$1.25 in, $10 out per million tokens',
  ],
  [{ inputPerMillion: 0, outputPerMillion: 0, perImage: 0.001 }, '$0.001 per image'],
  [{ inputPerMillion: 0, outputPerMillion: 0, perImage: 0 }, '$0'],
])('the price %j is described in one line', (price, text) => {
  expect(describePrice(price)).toBe(text)
})
