import { expect, test } from 'vitest'
import type { ParameterSpec } from '../../models/parameters.ts'
import { TrainingError } from '../training-error.ts'
import { averagedValues, createState } from './train-state.ts'

const initial = { kind: 'normal', deviation: 1 } as const
const specs: ParameterSpec[] = [
  { name: 'w', shape: [2], initial, isBuffer: false },
  { name: 'mean', shape: [2], initial, isBuffer: true },
]

test('a state begins with chance, and the average with it', () => {
  const state = createState(specs, { seed: 1 })
  expect(state.average).toEqual(state.store.values)
  expect(state.average).not.toBe(state.store.values)
  expect(createState(specs, { seed: 1 })).toEqual(state)
  expect(createState(specs, { seed: 2 })).not.toEqual(state)
})

test('or with the values of a model, all of them', () => {
  const init = new Map([
    ['w', Float32Array.of(1, 2)],
    ['mean', Float32Array.of(3, 4)],
  ])
  const { store, average } = createState(specs, { seed: 1, init })
  expect([...store.values]).toEqual([1, 2, 3, 4])
  expect([...average]).toEqual([1, 2, 3, 4])
  for (const wrong of [new Map(), new Map([...init, ['mean', Float32Array.of(3)] as const])]) {
    expect(() => createState(specs, { seed: 1, init: wrong })).toThrow(TrainingError)
  }
})

test('a model is the average of what is learned, with the statistics as they are', () => {
  const state = createState(specs, { seed: 1 })
  state.store.values.set([1, 2, 3, 4])
  state.average.set([5, 6, 7, 8])
  const values = averagedValues(state)
  expect([...values.values()].map((view) => [...view])).toEqual([
    [5, 6],
    [3, 4],
  ])
  values.get('w')!.fill(0)
  expect(state.average[0]).toBe(5)
})
