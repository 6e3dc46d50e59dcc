import type { LoadedModel, ModelSettings } from '../../src/index.ts'
import { listParameters } from '../../src/models/list-parameters.ts'
import { initialValues } from '../../src/models/parameters.ts'
import { createRandom, type Random } from '../../src/random.ts'

type Deepened = {
  /** Residual blocks of each stage, as many as there are or more. */
  blocks: readonly number[]
  /** What the label head is to know instead; words that it knows already keep their weights. */
  labels: readonly string[]
  random?: Random
}

/**
 * A larger model that says the same: a residual block whose last gain is 0 adds nothing to what comes in,
 * until it has learned to.
 * Source: Goyal et al. 2017, "Accurate, Large Minibatch SGD", for the gain of 0.
 */
export function deepenModel(
  { card, values }: Pick<LoadedModel, 'card' | 'values'>,
  { blocks, labels, random = createRandom(1) }: Deepened,
): Pick<LoadedModel, 'card' | 'values'> {
  const { encoder } = card.settings
  if (encoder.kind !== 'cnn') throw new TypeError(`A ${encoder.kind} encoder has no such blocks.`)
  const settings: ModelSettings = {
    ...card.settings,
    encoder: { ...encoder, blocks },
    labels: labels.length,
  }
  const kept = keepLabels({ card, values }, labels)
  const deepened = listParameters(settings).map((spec) => {
    const fresh = initialValues(spec, random)
    if (spec.name.startsWith('labels.')) return [spec.name, kept(spec.name, fresh)] as const
    const isNew = !values.has(spec.name)
    if (isNew && spec.name.endsWith('.second.gain')) fresh.fill(0)
    return [spec.name, values.get(spec.name) ?? fresh] as const
  })
  const changed = { settings, labels: [...labels], calibration: null, shownLabels: null }
  return { card: { ...card, ...changed }, values: new Map(deepened) }
}

/** The label head is [channels, labels] and [labels]: a word's weights are a column. */
function keepLabels(
  { card, values }: Pick<LoadedModel, 'card' | 'values'>,
  labels: readonly string[],
) {
  const before = labels.map((word) => card.labels.indexOf(word))
  return (name: string, into: Float32Array): Float32Array => {
    const old = values.get(name)!
    for (let row = 0; row < into.length / labels.length; row++) {
      for (const [label, place] of before.entries()) {
        if (place < 0) continue
        into[row * labels.length + label] = old[row * card.labels.length + place]!
      }
    }
    return into
  }
}
