import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { describeProgress, startProgress } from './progress.ts'

test.each([
  [{ done: 12, total: 100, ms: 4000 }, '12/100  3.0 images/s  30 s left'],
  [{ done: 100, total: 10_000, ms: 50_000 }, '100/10000  2.0 images/s  1 h 23 min left'],
  [{ done: 10, total: 400, ms: 10_000 }, '10/400  1.0 images/s  7 min left'],
  [{ done: 2, total: 2, ms: 1000 }, '2/2  2.0 images/s  0 s left'],
])('%j reads %s', (progress, text) => {
  expect(describeProgress(progress)).toBe(text)
})

test.each([
  [true, 5, true],
  [false, 5, false],
  [true, 1, false],
])('terminal: %s, images: %i, shown: %s', (isTTY, total, shown) => {
  const stream = Object.assign(new PassThrough(), { isTTY })
  const clock = [0, 1000, 1000, 1000]
  startProgress(stream, total, () => clock.shift() ?? 2000).advance()
  expect(stream.read() !== null).toBe(shown)
})

test('it takes its own line away', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true })
  const progress = startProgress(stream, 5)
  progress.clear()
  expect(String(stream.read())).toBe('\r\u001b[2K')
})
