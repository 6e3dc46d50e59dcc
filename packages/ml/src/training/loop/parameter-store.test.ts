import { expect, test } from 'vitest'
import type { ParameterSpec } from '../../models/parameters.ts'
import { createRandom } from '../../random.ts'
import { createStore, initialize, viewsOf } from './parameter-store.ts'

const specs: ParameterSpec[] = [
  { name: 'kernel', shape: [2, 3], initial: { kind: 'normal', deviation: 2 }, isBuffer: false },
  { name: 'gain', shape: [2], initial: { kind: 'constant', value: 1 }, isBuffer: false },
  { name: 'mean', shape: [2], initial: { kind: 'constant', value: 0 }, isBuffer: true },
  {
    name: 'table of statistics',
    shape: [1, 2],
    initial: { kind: 'constant', value: 3 },
    isBuffer: true,
  },
]

test('every parameter is a view of one array, one behind the other', () => {
  const { values, views, gradients } = createStore(specs)
  expect(values).toHaveLength(12)
  views.get('gain')![1] = 5
  expect(values[7]).toBe(5)
  gradients.views.get('mean')![0] = 6
  expect([...gradients.values]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0])
  expect([...viewsOf(specs, values).keys()]).toEqual(specs.map(({ name }) => name))
})

test('weight decay is for matrices and kernels that are learned', () => {
  expect([...createStore(specs).decays]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0])
  expect([...createStore(specs, new Set(['gain'])).decays]).toEqual(new Array(12).fill(0))
})

test('parameters begin as they are described, and the same from the same seed', () => {
  const [a, b, c] = [1, 1, 2].map((seed) => {
    const store = createStore(specs)
    initialize(store, createRandom(seed))
    return store.values
  })
  expect(a).toEqual(b)
  expect(a).not.toEqual(c)
  expect([...a!.subarray(6)]).toEqual([1, 1, 0, 0, 3, 3])
  expect(new Set(a!.subarray(0, 6)).size).toBe(6)
})
