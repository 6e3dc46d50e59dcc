import { sizeOf } from '../../graph/tensor.ts'
import { initialValues, type ParameterSpec } from '../../models/parameters.ts'
import type { Random } from '../../random.ts'

/** All parameters of a model in one array, with a view for each: optimisers walk the array. */
export type ParameterStore = {
  specs: readonly ParameterSpec[]
  values: Float32Array
  views: ReadonlyMap<string, Float32Array>
  /** Room for the gradients of a step, in the same layout; zero for buffers. */
  gradients: { values: Float32Array; views: ReadonlyMap<string, Float32Array> }
  /** 1 where weight decay works: on what is learned. */
  decays: Uint8Array
}

/** `learned` names the parameters that training changes; all by default. */
export function createStore(
  specs: readonly ParameterSpec[],
  learned?: ReadonlySet<string>,
): ParameterStore {
  const size = specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  const [values, gradients] = [new Float32Array(size), new Float32Array(size)]
  return {
    specs,
    values,
    views: viewsOf(specs, values),
    gradients: { values: gradients, views: viewsOf(specs, gradients) },
    decays: decaysOf(specs, size, learned),
  }
}

/** Matrices and kernels are decayed; gains, biases and statistics are not. */
function decaysOf(
  specs: readonly ParameterSpec[],
  size: number,
  learned?: ReadonlySet<string>,
): Uint8Array {
  const decays = new Uint8Array(size)
  let offset = 0
  for (const { name, shape, isBuffer } of specs) {
    const isLearned = !isBuffer && (learned?.has(name) ?? true)
    if (shape.length > 1 && isLearned) decays.fill(1, offset, offset + sizeOf(shape))
    offset += sizeOf(shape)
  }
  return decays
}

export function initialize(store: ParameterStore, random: Random): void {
  for (const spec of store.specs) store.views.get(spec.name)!.set(initialValues(spec, random))
}

/** The same layout over another array. */
export function viewsOf(
  specs: readonly ParameterSpec[],
  values: Float32Array,
): Map<string, Float32Array> {
  const views = new Map<string, Float32Array>()
  let offset = 0
  for (const { name, shape } of specs) {
    views.set(name, values.subarray(offset, offset + sizeOf(shape)))
    offset += sizeOf(shape)
  }
  return views
}
