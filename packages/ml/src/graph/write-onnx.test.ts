import { describe, expect, test } from 'vitest'
import { createRandom } from '../random.ts'
import { gradients } from './gradients.ts'
import { add, multiply, scale } from './operators/arithmetic.ts'
import { matmul } from './operators/matmul.ts'
import { reduceSum } from './operators/sum-and-expand.ts'
import { OnnxError } from './protobuf-reader.ts'
import { readInitializers } from './read-initializers.ts'
import { constant, GraphError, input, integers, type Tensor } from './tensor.ts'
import { writeOnnx } from './write-onnx.ts'

const weight = Float32Array.of(1, -2.5, 1 / 3, 1e-7, 65504, -0)
const bias = Float32Array.of(0.1, 70_000)
const model = (storage: 'float32' | 'float16') =>
  writeOnnx({
    outputs: {
      y: add(matmul(input('x', [1, 3]), input('layer.weight', [3, 2])), input('layer.bias', [2])),
    },
    values: new Map([
      ['layer.weight', weight],
      ['layer.bias', bias],
      ['of no use here', new Float32Array(7)],
    ]),
    storage,
  })

test('stored values are read as they were written', () => {
  expect(readInitializers(model('float32'))).toEqual(
    new Map([
      ['layer.weight', weight],
      ['layer.bias', bias],
    ]),
  )
})

test('in half precision they are the nearest halves, unless one would become infinite', () => {
  const values = readInitializers(model('float16'))
  expect(values.get('layer.weight')).toEqual(
    Float32Array.of(1, -2.5, 0.333251953125, 2 * 2 ** -24, 65504, -0),
  )
  expect(values.get('layer.bias')).toEqual(bias)
  expect(model('float16').length).toBeLessThan(model('float32').length + 60)
})

test('constants are stored too, under names of their own', () => {
  const onnx = writeOnnx({ outputs: { y: add(input('x', [2]), constant([3, 4], [2])) } })
  expect([...readInitializers(onnx).values()]).toEqual([Float32Array.of(3, 4)])
})

test('equal constants are written once, others apart: 0 and −0, shapes, types', () => {
  const x = input('x', [1])
  const constants = [
    constant([0], [1]),
    constant([0], [1]),
    constant([-0], [1]),
    constant([0], []),
    constant([0], []),
  ]
  const onnx = writeOnnx({ outputs: { y: constants.reduce<Tensor>((sum, c) => add(sum, c), x) } })
  expect([...readInitializers(onnx).values()].map((values) => [...values])).toEqual([
    [0],
    [-0],
    [0],
  ])

  const large = Array.from({ length: 2 }, () => constant(new Float32Array(5000), [5000]))
  const twice = writeOnnx({ outputs: { y: add(large[0]!, large[1]!) } })
  const once = writeOnnx({ outputs: { y: add(large[0]!, large[0]!) } })
  expect(twice.length).toBeGreaterThan(once.length + 20_000) // large ones are not compared
})

describe('a file that is not whole', () => {
  const file = model('float16')
  const whole = readInitializers(file)

  test('is refused, or gives the values that are whole, at whatever byte it ends', () => {
    let refused = 0
    for (let length = 0; length < file.length; length++) {
      const values = read(file.subarray(0, length))
      if (!values) refused++
      for (const [name, data] of values ?? []) expect(data).toEqual(whole.get(name))
    }
    expect(refused).toBeGreaterThan(file.length / 2)
  })

  test('does no harm with any of its bits turned', () => {
    for (let bit = 0; bit < file.length * 8; bit++) {
      const damaged = file.slice()
      damaged[bit >> 3]! ^= 1 << (bit & 7)
      read(damaged)
    }
  })

  test('does no harm with bytes at random', () => {
    const random = createRandom(5)
    for (let round = 0; round < 3000; round++) {
      const noise = Uint8Array.from({ length: 40 }, () => random() * 256)
      read(noise)
      const damaged = file.slice()
      for (let i = 0; i < 4; i++) damaged[Math.floor(random() * file.length)] = random() * 256
      read(damaged)
    }
  })

  function read(bytes: Uint8Array) {
    try {
      return readInitializers(bytes)
    } catch (error) {
      expect(error).toBeInstanceOf(OnnxError)
      return undefined
    }
  }
})

describe('refused are', () => {
  const x = input('x', [2])

  test('two inputs of one name', () => {
    const y = add(x, input('x', [2]))
    expect(() => writeOnnx({ outputs: { y } })).toThrow(
      new GraphError('Two different inputs are called x.'),
    )
  })

  test('an output with the name of an input', () => {
    expect(() => writeOnnx({ outputs: { y: x, x: scale(x, 2) } })).toThrow(
      new GraphError('x is the name of an input and of an output.'),
    )
  })

  test('an output with the name of an input that has values', () => {
    const values = new Map([['x', Float32Array.of(1, 2)]])
    expect(() => writeOnnx({ outputs: { x: scale(x, 2) }, values })).toThrow(GraphError)
  })

  test.each([
    [1, 'x: 1 float32 values for float32 [2].'],
    [3, 'x: 3 float32 values for float32 [2].'],
  ])('%d values for two', (count, message) => {
    const values = new Map([['x', new Float32Array(count)]])
    expect(() => writeOnnx({ outputs: { y: scale(x, 2) }, values })).toThrow(
      new GraphError(message),
    )
  })

  test('float values for whole numbers', () => {
    const ids = input('ids', [2], 'int64')
    const values = new Map([['ids', new Float32Array(2)]])
    expect(() => writeOnnx({ outputs: { y: ids }, values })).toThrow(
      new GraphError('ids: 2 float32 values for int64 [2].'),
    )
  })

  test.each(['', 'x:half', ':t1'])('the name %j', (name) => {
    expect(() => writeOnnx({ outputs: { y: scale(input(name, [1]), 2) } })).toThrow(GraphError)
    expect(() => writeOnnx({ outputs: { [name]: scale(x, 2) } })).toThrow(GraphError)
  })
})

test('a graph of 20,000 nodes one after the other has gradients and can be written', () => {
  const x = input('x', [1])
  let y = x
  for (let i = 0; i < 20_000; i++) y = i % 2 === 0 ? scale(y, 1.5) : add(y, x)
  const loss = reduceSum(multiply(y, y))
  const onnx = writeOnnx({ outputs: { loss, gradient: gradients(loss, [x])[0]! } })
  expect(onnx.length).toBeGreaterThan(20_000 * 10)
  expect(readInitializers(onnx).size).toBe(2) // the factor, and the 1 that gradients begin with
})

test('a graph of 50,000 outputs can be written', () => {
  const outputs = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, i) => [`y${i}`, integers([i])]),
  )
  expect(writeOnnx({ outputs }).length).toBeGreaterThan(50_000 * 20)
})
