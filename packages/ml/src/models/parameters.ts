import { input, type Shape, sizeOf, type Tensor } from '../graph/tensor.ts'

/** How a parameter is initialized: all values alike, or normally distributed around 0. */
export type Initial = { kind: 'constant'; value: number } | { kind: 'normal'; deviation: number }

export type ParameterSpec = {
  name: string
  shape: Shape
  initial: Initial
  /** A running statistic, which is not learned by gradients. */
  isBuffer: boolean
}

/**
 * Hands a model its parameters as graph inputs and keeps a list of them, so that one description of
 * the model serves to initialise, train, store and run it.
 */
export type Parameters = {
  trainable(name: string, shape: Shape, initial: Initial): Tensor
  buffer(name: string, shape: Shape, initial: Initial): Tensor
  /** In the order in which the model first used them. */
  list(): ParameterSpec[]
}

export function createParameters(): Parameters {
  const known = new Map<string, { spec: ParameterSpec; tensor: Tensor }>()
  const get = (spec: ParameterSpec) => {
    const entry = known.get(spec.name) ?? { spec, tensor: input(spec.name, spec.shape) }
    known.set(spec.name, entry)
    return entry.tensor
  }
  return {
    trainable: (name, shape, initial) => get({ name, shape, initial, isBuffer: false }),
    buffer: (name, shape, initial) => get({ name, shape, initial, isBuffer: true }),
    list: () => [...known.values()].map(({ spec }) => spec),
  }
}

export const ZEROS: Initial = { kind: 'constant', value: 0 }
export const ONES: Initial = { kind: 'constant', value: 1 }

/** Keeps the variance of what goes through a layer of ReLUs. Source: He et al. 2015. */
export const heNormal = (inputs: number): Initial => ({
  kind: 'normal',
  deviation: Math.sqrt(2 / inputs),
})

export const normal = (deviation: number): Initial => ({ kind: 'normal', deviation })

/** The numbers parameters start with; the same seed gives the same numbers. */
export function initialValues(spec: ParameterSpec, random: () => number): Float32Array {
  const values = new Float32Array(sizeOf(spec.shape))
  const { initial } = spec
  if (initial.kind === 'constant') return values.fill(initial.value)
  return values.map(() => gaussian(random) * initial.deviation)
}

/** Source: Box & Muller 1958. */
function gaussian(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}
