import { expect, test } from 'vitest'
import {
  bytesField,
  type Field,
  floatField,
  integerField,
  join,
  textField,
} from './protobuf-writer.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

// From protobuf.dev, "Encoding", and by `protoc --encode` of the same fields.
test.each<[what: string, field: Field, bytes: string]>([
  ['150', integerField(1, 150), '089601'],
  ['zero', integerField(1, 0), '0800'],
  ['the largest number of one byte', integerField(1, 127), '087f'],
  ['the smallest of two', integerField(1, 128), '088001'],
  ['2³²', integerField(1, 2 ** 32), '088080808010'],
  ['2⁵³', integerField(1, 2 ** 53), '088080808080808010'],
  ['2⁵³ + 1', integerField(1, 2n ** 53n + 1n), '088180808080808010'],
  ['−1', integerField(1, -1), '08ffffffffffffffffff01'],
  ['−2', integerField(1, -2n), '08feffffffffffffffff01'],
  ['the smallest int64', integerField(1, -(2n ** 63n)), '0880808080808080808001'],
  ['a field with a number above 15', integerField(20, 7), 'a00107'],
  ['a float', floatField(2, 1.5), '150000c03f'],
  ['a text', textField(2, 'testing'), '120774657374696e67'],
  ['a text with letters of two bytes', textField(2, 'é'), '1202c3a9'],
  ['an empty text', textField(2, ''), '1200'],
  ['a message', bytesField(3, integerField(1, 150)), '1a03089601'],
  [
    'a message of two fields',
    bytesField(3, integerField(1, 1), textField(2, 'a')),
    '1a050801120161',
  ],
  ['a long one', bytesField(1, new Uint8Array(300)), `0aac02${'00'.repeat(300)}`],
])('%s is written as the format says', (_what, field, bytes) => {
  expect(hex(join([field]))).toBe(bytes)
  expect(field.length).toBe(bytes.length / 2)
})

test('parts are joined in their order', () => {
  expect(hex(join([Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3)]))).toBe('010203')
})

test('a message around a large one is the same as around its bytes', () => {
  const large = bytesField(1, new Uint8Array(5000).fill(7), integerField(2, 3))
  expect(join([bytesField(4, large)])).toEqual(join([bytesField(4, join([large]))]))
})

test('a number that is not whole is refused', () => {
  expect(() => integerField(1, 0.5)).toThrow(RangeError)
})
