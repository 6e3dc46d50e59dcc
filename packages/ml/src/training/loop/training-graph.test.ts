import { describe, expect, test } from 'vitest'
import { evaluateGraph } from '../../../test/evaluate-graph.ts'
import { sampleNetworks, sampleValues } from '../../../test/sample-networks.ts'
import { sizeOf } from '../../graph/tensor.ts'
import { listParameters } from '../../models/list-parameters.ts'
import { ModelError } from '../../models/model-error.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import type { ParameterSpec } from '../../models/parameters.ts'
import { createRandom } from '../../random.ts'
import { defineTrainingStep, GRADIENT, SEEN, type TrainingTensors } from './training-graph.ts'

const sizes = { images: 2, captions: 2, length: 3, smoothing: 0.1 }

describe.each(sampleNetworks)('%s', (_name, settings) => {
  test('every gradient of a step agrees with finite differences in float64', () => {
    const { outputs, feeds, parameters } = sampleStep(settings)
    const lossWith = (name: string, i: number, by: number) => {
      const nudged = { ...feeds, [name]: feeds[name]!.with(i, feeds[name]![i]! + by) }
      const { captionLoss, labelLoss } = outputs
      const [ofCaptions, ofLabels] = evaluateGraph([captionLoss!, labelLoss!], nudged)
      return ofCaptions![0]! + feeds.labelWeight![0]! * ofLabels![0]!
    }
    compareGradients({ outputs, parameters, feeds }, lossWith)
  })

  test('asks for the statistics of every normalization that inference uses', () => {
    const { outputs, parameters } = sampleStep(settings)
    const seen = parameters.filter(({ isBuffer }) => isBuffer).map(({ name }) => SEEN + name)
    expect(Object.keys(outputs).filter((name) => name.startsWith(SEEN))).toEqual(seen)
  })

  test('learns the parameters that the model has, in their order', () => {
    const { parameters } = sampleStep(settings)
    expect(parameters).toEqual(listParameters(settings))
  })

  test('captions longer than the model are refused', () => {
    const build = () => defineTrainingStep(settings, { ...sizes, length: 6 })
    expect(build).toThrow(ModelError)
    expect(build).toThrow(/6 tokens do not fit a model of length 5/)
  })
})

describe.each(sampleNetworks.filter(([, { encoder }]) => encoder.kind !== 'features'))(
  '%s with a teacher',
  (_name, settings) => {
    const teaching = { channels: 4, only: false }

    test('every gradient of the three losses together agrees with finite differences', () => {
      const step = sampleStep(settings, teaching)
      const lossWith = (name: string, i: number, by: number) => {
        const nudged = {
          ...step.feeds,
          [name]: step.feeds[name]!.with(i, step.feeds[name]![i]! + by),
        }
        const { captionLoss, labelLoss, teachLoss } = step.outputs
        const losses = evaluateGraph([captionLoss!, labelLoss!, teachLoss!], nudged)
        const [ofCaptions, ofLabels, ofTeacher] = losses.map((loss) => loss[0]!)
        const { labelWeight, teachWeight } = step.feeds
        return ofCaptions! + labelWeight![0]! * ofLabels! + teachWeight![0]! * ofTeacher!
      }
      compareGradients(step, lossWith)
    })

    test('where only the teacher counts, only the encoder and the projection are learned, and rightly', () => {
      const step = sampleStep(settings, { ...teaching, only: true })
      const lossWith = (name: string, i: number, by: number) => {
        const nudged = {
          ...step.feeds,
          [name]: step.feeds[name]!.with(i, step.feeds[name]![i]! + by),
        }
        return (
          step.feeds.teachWeight![0]! * evaluateGraph([step.outputs.teachLoss!], nudged)[0]![0]!
        )
      }
      compareGradients(step, lossWith)
      const namesOf = (specs: readonly ParameterSpec[]) =>
        specs.filter(({ isBuffer }) => !isBuffer).map(({ name }) => name)
      const encoder = { kind: 'features', tokens: 4, channels: 4 } as const
      const ofDecoder = new Set(namesOf(listParameters({ ...settings, encoder })))
      const ofEncoder = namesOf(listParameters(settings)).filter((name) => !ofDecoder.has(name))
      const projection = ['teaching.projection.weight', 'teaching.projection.bias']
      expect(namesOf(step.parameters)).toEqual([...ofEncoder, ...projection])
      expect(step.batch.map(({ name }) => name)).toEqual(['pixels', 'teacher'])
    })

    test('labels of a picture without captions change no loss', () => {
      const { outputs, feeds } = sampleStep(settings, teaching)
      const lossOf = (changed: Record<string, Float64Array>) =>
        evaluateGraph([outputs.labelLoss!], { ...feeds, ...changed })[0]![0]!
      const captioned = Float64Array.of(1, 0)
      const labels = feeds.labels!.map((value, i) => (i < settings.labels ? value : 1 - value))
      expect(lossOf({ captioned, labels })).toBe(lossOf({ captioned }))
      expect(lossOf({ labels })).not.toBe(lossOf({}))
    })
  },
)

type Step = TrainingTensors & { feeds: Record<string, Float64Array> }

/** One value of each learned parameter, chosen by chance, against the slope of the loss. */
function compareGradients(
  { outputs, parameters, feeds }: Pick<Step, 'outputs' | 'parameters' | 'feeds'>,
  lossWith: (name: string, i: number, by: number) => number,
): void {
  const random = createRandom(2)
  const learned = parameters.filter(({ isBuffer }) => !isBuffer)
  const found = evaluateGraph(
    learned.map(({ name }) => outputs[GRADIENT + name]!),
    feeds,
  )
  for (const [p, { name, shape }] of learned.entries()) {
    const i = Math.floor(random() * sizeOf(shape))
    const h = 1e-5
    const expected = (lossWith(name, i, h) - lossWith(name, i, -h)) / (2 * h)
    expect(found[p]![i], `${name}[${i}]`).toBeCloseTo(expected, 6)
  }
}

/** A step with made-up values for all that it is fed; some targets do not count, some against. */
function sampleStep(settings: ModelSettings, teaching?: { channels: number; only: boolean }): Step {
  const tensors = defineTrainingStep(settings, { ...sizes, teaching })
  const random = createRandom(8)
  const rows = sizes.images * sizes.captions
  const filled = (size: number, value: () => number) => Float64Array.from({ length: size }, value)
  const token = () => Math.floor(random() * settings.decoder.vocabulary)
  const feeds: Record<string, Float64Array> = {
    labelWeight: Float64Array.of(0.7),
    teachWeight: Float64Array.of(1.3),
    captioned: Float64Array.of(1, 1),
    tokens: filled(rows * sizes.length, token),
    targets: filled(rows * sizes.length, token),
    weights: filled(rows * sizes.length, () => [1, 1, 0, 0.5, -0.2][Math.floor(random() * 5)]!),
    labels: filled(sizes.images * settings.labels, () => Math.round(random())),
  }
  for (const { name, shape } of tensors.batch) {
    feeds[name] ??= filled(sizeOf(shape), () => random() * 4 - 2)
  }
  for (const { name, shape } of tensors.masks) {
    feeds[name] = filled(sizeOf(shape), () => (random() < 0.3 ? 0 : 1 / 0.7))
  }
  for (const [name, values] of sampleValues(tensors.parameters)) {
    feeds[name] = Float64Array.from(values)
  }
  return { ...tensors, feeds }
}
