import { expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { dequantizeMap, quantizedBytes, quantizeMap } from './quantize-map.ts'

const shape = { grid: 3, channels: 5 }

function unpack(packed: Uint8Array<ArrayBuffer>, mirrored = false): Float32Array {
  const into = new Float32Array(9 * 5)
  dequantizeMap(packed, shape, { mirrored, into })
  return into
}

test('each place keeps its direction to a hundredth, however long its vector is', () => {
  const random = createRandom(1)
  const map = Float32Array.from(
    { length: 45 },
    (_, i) => (random() - 0.5) * 10 ** Math.floor(i / 5),
  )
  const packed = quantizeMap(map, shape) as Uint8Array<ArrayBuffer>
  expect(packed).toHaveLength(quantizedBytes(shape))
  const again = unpack(packed)
  for (let place = 0; place < 9; place++) {
    const [a, b] = [map, again].map((values) => values.subarray(place * 5, place * 5 + 5))
    expect(cosineOf(a!, b!)).toBeGreaterThan(0.9999)
  }
})

test('a place of zeros stays one', () => {
  expect([...unpack(quantizeMap(new Float32Array(45), shape) as Uint8Array<ArrayBuffer>)]).toEqual(
    new Array(45).fill(0),
  )
})

test('the mirror image has the places of each row from right to left', () => {
  const map = Float32Array.from({ length: 45 }, (_, i) => Math.floor(i / 5))
  const places = [...unpack(quantizeMap(map, shape) as Uint8Array<ArrayBuffer>, true)]
    .filter((_, i) => i % 5 === 0)
    .map(Math.round)
  expect(places).toEqual([2, 1, 0, 5, 4, 3, 8, 7, 6])
})

const dot = (a: Float32Array, b: Float32Array) =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0)
const cosineOf = (a: Float32Array, b: Float32Array) => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
