import { describe, expect, test } from 'vitest'
import { sampleNetworks } from '../../test/sample-networks.ts'
import { createNetwork } from './create-network.ts'
import { countParameters, listParameters } from './list-parameters.ts'
import { ModelError } from './model-error.ts'
import { architectures, type ModelSettings } from './model-settings.ts'
import { modelSizes, type SizeName, withWords } from './model-sizes.ts'
import { createParameters } from './parameters.ts'

const words = { vocabulary: 2500, labels: 600 }

test('there are sizes of every architecture', () => {
  expect(Object.keys(modelSizes)).toEqual(architectures)
})

describe.each(architectures)('%s', (architecture) => {
  const sizes = modelSizes[architecture]

  test.each(Object.keys(sizes) as SizeName[])('can be built in the size %s', (name) => {
    const settings = withWords(sizes[name], words)
    expect(settings.decoder.vocabulary).toBe(2500)
    expect(countParameters(settings)).toBeGreaterThan(200_000)
  })
})

test.each([
  ['cnn-transformer', 'small', 5.7],
  ['cnn-transformer', 'reference', 28.8],
  ['cnn-transformer', 'mobile', 6.8],
  ['lstm-attention', 'small', 6.3],
  ['lstm-attention', 'reference', 13.8],
] as const)('%s in the size %s has %f million parameters', (architecture, name, millions) => {
  const count = countParameters(withWords(modelSizes[architecture][name], words))
  expect(count / 1e6).toBeCloseTo(millions, 1)
})

test('parameters are counted as the layers have them', () => {
  const [, settings] = sampleNetworks.find(([name]) => name === 'lstm-attention on features')!
  const { embedding: m, width: h, attention: a, vocabulary: V } = settings.decoder as LstmSizes
  const C = 5
  const labels = C * 3 + 3
  const start = 2 * (C * h + h)
  const attention = C * a + a + h * a + a
  const gate = h + 1
  const lstm = (m + C) * 4 * h + h * 4 * h + 4 * h
  const output = (h + C + m) * m + m
  expect(countParameters(settings)).toBe(V * m + labels + start + attention + gate + lstm + output)
})

type LstmSizes = { embedding: number; width: number; attention: number; vocabulary: number }

test.each(sampleNetworks)(
  '%s asks for the same parameters whenever it is asked',
  (_name, settings) => {
    expect(listParameters(settings)).toEqual(listParameters(settings))
    const names = listParameters(settings).map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  },
)

test('the parameters lie in checkpoints in the order in which they are asked for', () => {
  const [, settings] = sampleNetworks.find(([name]) => name === 'cnn-transformer on features')!
  expect(listParameters(settings).map(({ name }) => name)).toEqual([
    'decoder.embedding',
    'decoder.positions',
    'projection.weight',
    'projection.positions',
    'projection.norm.gain',
    'projection.norm.bias',
    'labels.weight',
    'labels.bias',
    ...[0, 1].flatMap((layer) =>
      ['keys.weight', 'keys.bias', 'values.weight', 'values.bias'].map(
        (name) => `decoder.${layer}.cross.${name}`,
      ),
    ),
    ...[0, 1].flatMap((layer) =>
      [
        ...['self.norm.gain', 'self.norm.bias', 'self.keys.weight', 'self.keys.bias'],
        ...['self.values.weight', 'self.values.bias', 'self.query.weight', 'self.query.bias'],
        ...['self.out.weight', 'self.out.bias', 'cross.norm.gain', 'cross.norm.bias'],
        ...['cross.query.weight', 'cross.query.bias', 'cross.out.weight', 'cross.out.bias'],
        ...['inner.norm.gain', 'inner.norm.bias', 'inner.in.weight', 'inner.in.bias'],
        ...['inner.out.weight', 'inner.out.bias'],
      ].map((name) => `decoder.${layer}.${name}`),
    ),
    'decoder.norm.gain',
    'decoder.norm.bias',
  ])
})

const transformer = withWords(modelSizes['cnn-transformer'].tiny, words)
const lstm = withWords(modelSizes['lstm-attention'].tiny, words)

test.each<[what: string, settings: unknown, message: RegExp]>([
  [
    'a width that its heads do not divide',
    { ...transformer, decoder: { ...transformer.decoder, width: 66, heads: 4 } },
    /66 does not fall into 4 heads; give a multiple of 4\n.*decoder\.width/,
  ],
  [
    'captions of one token',
    { ...lstm, decoder: { ...lstm.decoder, length: 1 } },
    /at decoder\.length/,
  ],
  [
    'a width of half a number',
    { ...lstm, decoder: { ...lstm.decoder, width: 1.5 } },
    /at decoder\.width/,
  ],
  [
    'a stage without blocks',
    { ...lstm, encoder: { ...lstm.encoder, blocks: [1] } },
    /2 widths and 1 numbers of blocks; give one of each a stage\n.*encoder\.blocks/,
  ],
  ['no words to describe pictures with', { ...lstm, labels: 0 }, /at labels/],
  ['the decoder of another', { ...lstm, decoder: transformer.decoder }, /at decoder\.embedding/],
  ['an unknown encoder', { ...lstm, encoder: { kind: 'vit' } }, /at encoder\.kind/],
  ['an unknown architecture', { ...lstm, architecture: 'perceptron' }, /at architecture/],
])('%s is refused by name', (_what, settings, message) => {
  const build = () => createNetwork(settings as ModelSettings, createParameters())
  expect(build).toThrow(ModelError)
  expect(build).toThrow(message)
})
