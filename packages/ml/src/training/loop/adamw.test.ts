import { expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import { adamw, l2Norm, updateAverage } from './adamw.ts'

const options = { beta1: 0.9, beta2: 0.98, weightDecay: 0.05 }

/** The formulas of the paper, written out in float64. */
function witness(gradients: number[][], start: number[], decays: number[], rates: number[]) {
  const p = [...start]
  const m = start.map(() => 0)
  const v = start.map(() => 0)
  for (const [t, g] of gradients.entries()) {
    for (const i of p.keys()) {
      m[i] = 0.9 * m[i]! + 0.1 * g[i]!
      v[i] = 0.98 * v[i]! + 0.02 * g[i]! ** 2
      const mHat = m[i]! / (1 - 0.9 ** (t + 1))
      const vHat = v[i]! / (1 - 0.98 ** (t + 1))
      p[i] = p[i]! - rates[t]! * (mHat / (Math.sqrt(vHat) + 1e-8) + 0.05 * decays[i]! * p[i]!)
    }
  }
  return p
}

test('many steps are what the formulas give', () => {
  const random = createRandom(2)
  const draw = () => Array.from({ length: 20 }, () => random() * 4 - 2)
  const [start, gradients] = [draw(), Array.from({ length: 30 }, draw)]
  const decays = start.map((_, i) => i % 2)
  const rates = gradients.map((_, t) => 0.01 * (t + 1))
  const parameters = Float32Array.from(start)
  let state = adamw.init(20)
  for (const [t, g] of gradients.entries()) {
    const step = { rate: rates[t]!, scale: 0.5, decays: Uint8Array.from(decays), options }
    state = adamw.update(
      state,
      parameters,
      Float32Array.from(g, (x) => 2 * x),
      step,
    )
  }
  expect(state.step).toBe(30)
  const expected = witness(gradients, start, decays, rates)
  expect([...parameters]).toEqual(expected.map((value) => expect.closeTo(value, 4)))
})

const once = (p: number, g: number, step: Partial<Parameters<typeof adamw.update>[3]> = {}) => {
  const parameters = Float32Array.of(p)
  const all = { rate: 0.01, scale: 1, decays: Uint8Array.of(0), options, ...step }
  adamw.update(adamw.init(1), parameters, Float32Array.of(g), all)
  return parameters[0]!
}

test.each([1e-3, 1, 1e6, -1e-3, -1e6])(
  'the first step goes by the rate against the gradient, however large that is: %d',
  (g) => {
    expect(once(0.5, g)).toBeCloseTo(0.5 - 0.01 * Math.sign(g), 5)
    expect(once(0.5, g, { scale: 100 })).toBeCloseTo(0.5 - 0.01 * Math.sign(g), 5)
  },
)

test('without a gradient only decay works, and only where it is wanted', () => {
  expect(once(2, 0)).toBe(2)
  expect(once(2, 0, { decays: Uint8Array.of(1) })).toBeCloseTo(2 * (1 - 0.01 * 0.05), 6)
})

test('a rate of 0 changes no parameter', () => {
  expect(once(2, 3, { rate: 0, decays: Uint8Array.of(1) })).toBe(2)
})

test('the L2 norm is the length of the gradient, without overflow', () => {
  expect(l2Norm(Float32Array.of(3, 0, -4))).toBe(5)
  expect(l2Norm(new Float32Array())).toBe(0)
  expect(l2Norm(Float32Array.of(3e38, 3e38))).toBeCloseTo(Math.fround(3e38) * Math.SQRT2, -32)
  expect(l2Norm(Float32Array.of(1, Number.NaN))).toBeNaN()
})

test('an average goes towards the values by what decay leaves', () => {
  const average = Float32Array.of(0, 8)
  updateAverage(average, Float32Array.of(4, 8), 0.75)
  expect([...average]).toEqual([1, 8])
  for (let i = 0; i < 9; i++) updateAverage(average, Float32Array.of(4, 8), 0.75)
  expect(average[0]).toBeCloseTo(4 * (1 - 0.75 ** 10), 5)
})
