import { expect, test } from 'vitest'
import { describeLimits, describePrice } from './describe-settings.ts'

test('limits are a line', () => {
  expect(
    describeLimits({
      perMinute: 60,
      parallel: 4,
      maxSide: 1024,
      maxBytes: 3_750_000,
      formats: ['image/jpeg', 'image/png'],
    }),
  ).toBe('60 a minute · 4 at a time · 1,024 px · 3.75 MB · JPEG, PNG')
  expect(describeLimits({})).toBe('')
})

test.each([
  [
    { inputPerMillion: 1.25, outputPerMillion: 10, perImage: 0 },
    '$1.25 read, $10 written per million tokens',
  ],
  [{ inputPerMillion: 0, outputPerMillion: 0, perImage: 0.001 }, '$0.001 an image'],
  [{ inputPerMillion: 0, outputPerMillion: 0, perImage: 0 }, '$0'],
])('a price is a line: %j', (price, text) => {
  expect(describePrice(price)).toBe(text)
})
