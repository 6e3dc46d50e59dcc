import { sizeOf } from '../graph/tensor.ts'
import { initialValues, type ParameterSpec } from '../models/parameters.ts'
import type { Random } from '../random.ts'

/** All parameters of a model in one array, with a view for each: optimisers walk the array. */
export type ParameterStore = {
  specs: readonly ParameterSpec[]
  values: Float32Array
  views: ReadonlyMap<string, Float32Array>
}

export function createStore(specs: readonly ParameterSpec[]): ParameterStore {
  const values = new Float32Array(specs.reduce((sum, { shape }) => sum + sizeOf(shape), 0))
  return { specs, values, views: viewsOf(specs, values) }
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
