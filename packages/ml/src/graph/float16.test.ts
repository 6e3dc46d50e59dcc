import { expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { fitsFloat16, fromFloat16, toFloat16 } from './float16.ts'

/** All halves from 0 up to the largest finite one, by the standard's formula; a half is its place here. */
const finite = Array.from({ length: 0x7c00 }, (_, half) => {
  const exponent = Math.floor(half / 1024)
  const fraction = half % 1024
  return exponent === 0 ? fraction / 2 ** 24 : (1024 + fraction) * 2 ** (exponent - 25)
})

/** The nearest half by search; of two equally near ones the even one. */
function nearestHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0
  const size = Math.abs(value)
  if (size >= 65520) return sign + 0x7c00
  let [low, high] = [0, finite.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (finite[middle]! <= size) low = middle
    else high = middle - 1
  }
  const below = size - finite[low]!
  const above = (finite[low + 1] ?? 65536) - size
  return sign + (above < below || (above === below && low % 2 === 1) ? low + 1 : low)
}

const half = (value: number) => toFloat16(Float32Array.of(value))[0]!

test('each of the 65,536 halves is what the standard says, and comes back as it was', () => {
  const halves = Uint16Array.from({ length: 65536 }, (_, i) => i)
  const values = fromFloat16(halves)
  for (const [i, value] of values.entries()) {
    const size = i % 0x8000
    const expected = finite[size] ?? (size === 0x7c00 ? Number.POSITIVE_INFINITY : Number.NaN)
    expect(Object.is(value, i < 0x8000 ? expected : -expected), `half ${i}`).toBe(true)
  }
  const back = toFloat16(values)
  expect(back.filter((value, i) => value !== (Number.isNaN(values[i]!) ? 0x7e00 : i))).toEqual(
    new Uint16Array(),
  )
})

test('any float32 becomes the nearest half', () => {
  const random = createRandom(1)
  const bits = Uint32Array.from({ length: 200_000 }, () => Math.floor(random() * 2 ** 32))
  // Half of them within the range of halves, the small ones included: exponents −26 to 17.
  for (let i = 0; i < bits.length; i += 2) {
    const exponent = 127 - 26 + Math.floor(random() * 44)
    bits[i] = ((bits[i]! & 0x807fffff) | (exponent << 23)) >>> 0
  }
  const values = new Float32Array(bits.buffer)
  const halves = toFloat16(values)
  for (const [i, value] of values.entries()) {
    const expected = nearestHalf(value) % (Number.isNaN(value) ? 0x8000 : 0x10000)
    const found = halves[i]! % (Number.isNaN(value) ? 0x8000 : 0x10000)
    if (found !== expected) expect(found, `${value}`).toBe(expected)
  }
})

test('every number halfway between two halves goes to the even one, its neighbours to the nearer', () => {
  const [wrong, next] = [[] as number[], (value: number) => value * (1 + 2 ** -23)]
  for (let i = 0; i < finite.length - 1; i++) {
    const middle = (finite[i]! + finite[i + 1]!) / 2
    const even = i % 2 === 0 ? i : i + 1
    if (half(middle) !== even || half(next(middle)) !== i + 1) wrong.push(i)
    if (half(middle * (1 - 2 ** -24)) !== i) wrong.push(i)
  }
  expect(wrong).toEqual([])
})

test.each([
  ['the largest half', 65504, 0x7bff],
  ['what rounds down to it', 65519.996, 0x7bff],
  ['what rounds up to infinity', 65520, 0x7c00],
  ['the largest float32', 3.4e38, 0x7c00],
  ['minus infinity', Number.NEGATIVE_INFINITY, 0xfc00],
  ['no number', Number.NaN, 0x7e00],
  ['zero', 0, 0],
  ['minus zero', -0, 0x8000],
  ['the smallest half', 2 ** -24, 1],
  ['half of it', 2 ** -25, 0],
  ['a little more than half of it', 2 ** -25 * 1.0001, 1],
  ['the smallest float32', 2 ** -149, 0],
  ['the largest subnormal half', 1023 * 2 ** -24, 0x3ff],
  ['what rounds up out of the subnormal halves', 1023.5 * 2 ** -24, 0x400],
  ['one third', 1 / 3, 0x3555],
])('%s, %d, is the half %d', (_what, value, expected) => {
  expect(half(value)).toBe(expected)
})

test('a view of a part of a buffer is converted alone', () => {
  expect(toFloat16(new Float32Array([9, 1, 2, 9]).subarray(1, 3))).toEqual(
    Uint16Array.of(0x3c00, 0x4000),
  )
})

test('numbers fit that stay finite', () => {
  expect(fitsFloat16(Float32Array.of(65519, -65519, Number.NaN, Number.POSITIVE_INFINITY))).toBe(
    true,
  )
  expect(fitsFloat16(Float32Array.of(0, -65520))).toBe(false)
})
