import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../test/evaluate-graph.ts'
import { noise, operatorCases } from '../../test/operator-cases.ts'
import { gradients } from './gradients.ts'
import { multiply } from './operators/arithmetic.ts'
import { batchNormInference, batchNormTraining } from './operators/normalization.ts'
import { reduceSum } from './operators/sum-and-expand.ts'
import { constant, input, sizeOf, type Tensor } from './tensor.ts'

describe('each gradient agrees with finite differences in float64', () => {
  test.each(operatorCases)('%s', (_name, shapes, build) => {
    const inputs = shapes.map((shape, i) => input(`x${i}`, shape))
    const result = build(...inputs)
    const weights = constant([...noise(sizeOf(result.shape), 99)], result.shape)
    const loss = reduceSum(multiply(result, weights))
    const feeds = Object.fromEntries(shapes.map((shape, i) => [`x${i}`, noise(sizeOf(shape), i)]))

    const analytic = evaluateGraph(gradients(loss, inputs), feeds)
    for (const [i, gradient] of analytic.entries()) {
      const numeric = differences(loss, feeds, `x${i}`)
      for (const [j, value] of gradient.entries()) {
        expect(value, `x${i}[${j}]`).toBeCloseTo(numeric[j]!, 6)
      }
    }
  })
})

test('batch statistics in inference give what the batch gave in training', () => {
  const x = input('x', [3, 2, 2, 2])
  const parameters = { gain: constant([1.5, 2], [2]), bias: constant([0.5, -1], [2]) }
  const { y, statistics } = batchNormTraining(x, parameters)
  const again = batchNormInference(x, parameters, statistics)
  const [first, second] = evaluateGraph([y, again], { x: noise(24, 1) })
  expect([...second!]).toEqual([...first!].map((value) => expect.closeTo(value, 12)))
})

/** (L(x + h) − L(x − h)) / 2h for every entry of one input. */
function differences(loss: Tensor, feeds: Record<string, Float64Array>, name: string): number[] {
  const h = 1e-5
  const lossWith = (i: number, by: number) => {
    const nudged = feeds[name]!.slice()
    nudged[i]! += by
    return evaluateGraph([loss], { ...feeds, [name]: nudged })[0]![0]!
  }
  return [...feeds[name]!.keys()].map((i) => (lossWith(i, h) - lossWith(i, -h)) / (2 * h))
}
