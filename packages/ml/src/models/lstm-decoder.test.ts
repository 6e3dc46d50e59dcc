import { expect, test } from 'vitest'
import { evaluateGraph } from '../../test/evaluate-graph.ts'
import { sampleNetworks, sampleValues } from '../../test/sample-networks.ts'
import { input } from '../graph/tensor.ts'
import { createNetwork } from './create-network.ts'
import { listParameters } from './list-parameters.ts'
import type { SettingsOf } from './model-settings.ts'
import { createParameters } from './parameters.ts'

const [, settings] = sampleNetworks.find(([name]) => name === 'lstm-attention on features')! as [
  string,
  SettingsOf<'lstm-attention'>,
]
const { width: h, vocabulary: V } = settings.decoder
const [L, C] = [3, 5]
const image = Array.from({ length: L }, (_, i) =>
  Array.from({ length: C }, (_, c) => Math.sin(i * C + c + 1)),
)
const caption = [1, 4, 6, 5]
const values = sampleValues(listParameters(settings))

test('says what the formulas of the paper say, one number at a time', () => {
  const { encode, decoder } = createNetwork(settings, createParameters())
  const known = encode(input('features', [1, L, C]), 'inference').image
  const logits = decoder.all(input('tokens', [1, caption.length], 'int64'), known)
  const weights = [...values].map(([name, data]) => [name, Float64Array.from(data)])
  const [found] = evaluateGraph([logits], {
    ...Object.fromEntries(weights),
    features: Float64Array.from(image.flat()),
    tokens: Float64Array.from(caption),
  })
  const expected = sayByHand()
  expect(found).toHaveLength(caption.length * V)
  // The mean over the tokens is a product with 1/3, which the graph has in single precision.
  for (const [i, value] of expected.entries()) expect(found![i]).toBeCloseTo(value, 7)
})

/** Xu et al. 2015, equations 1 to 9 with soft attention, on plain lists. */
function sayByHand(): number[] {
  const table = rowsOf('decoder.embedding', V)
  const mean = image[0]!.map((_, c) => sum(image.map((token) => token[c]!)) / L)
  let hidden = linear(mean, 'decoder.start.hidden').map(Math.tanh)
  let cell = linear(mean, 'decoder.start.cell').map(Math.tanh)
  return caption.flatMap((id) => {
    const word = table[id]!
    const asked = times(hidden, 'decoder.attention.query')
    const scores = image.map((token) => {
      const key = linear(token, 'decoder.attention.keys')
      return times(
        key.map((k, i) => Math.tanh(k + asked[i]!)),
        'decoder.attention.score',
      )[0]!
    })
    const total = sum(scores.map(Math.exp))
    const [gate] = linear(hidden, 'decoder.gate').map(sigmoid)
    const context = mean.map(
      (_, c) => gate! * sum(image.map((token, i) => (Math.exp(scores[i]!) / total) * token[c]!)),
    )

    const fromInput = times([...word, ...context], 'decoder.lstm.input')
    const fromHidden = times(hidden, 'decoder.lstm.hidden')
    const bias = values.get('decoder.lstm.bias')!
    const gates = fromInput.map((x, i) => x + fromHidden[i]! + bias[i]!)
    const part = (k: number) => gates.slice(k * h, (k + 1) * h)
    const [inward, forget, outward, candidate] = [part(0), part(1), part(2), part(3)]
    cell = cell.map(
      (c, i) => sigmoid(forget[i]! + 1) * c + sigmoid(inward[i]!) * Math.tanh(candidate[i]!),
    )
    hidden = cell.map((c, i) => sigmoid(outward[i]!) * Math.tanh(c))

    const said = linear([...hidden, ...context, ...word], 'decoder.output')
    return table.map((row) => sum(row.map((x, i) => x * said[i]!)))
  })
}

/** x W + b */
const linear = (x: readonly number[], name: string): number[] =>
  times(x, `${name}.weight`).map((y, i) => y + values.get(`${name}.bias`)![i]!)

/** x W */
function times(x: readonly number[], name: string): number[] {
  const rows = rowsOf(name, x.length)
  return rows[0]!.map((_, column) => sum(x.map((value, row) => value * rows[row]![column]!)))
}

function rowsOf(name: string, count: number): number[][] {
  const all = [...values.get(name)!]
  const size = all.length / count
  return Array.from({ length: count }, (_, i) => all.slice(i * size, (i + 1) * size))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0)
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
