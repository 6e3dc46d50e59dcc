import type { ParameterSpec } from '../../models/parameters.ts'
import { createRandom } from '../../random.ts'
import { isTeachingParameter } from '../teacher/teaching-loss.ts'
import { TrainingError } from '../training-error.ts'
import { type AdamWState, adamw } from './adamw.ts'
import { createStore, initialize, type ParameterStore, viewsOf } from './parameter-store.ts'

export type TrainState = {
  /** Learned parameters and running statistics. */
  store: ParameterStore
  /** An average of the parameters of the last steps, with which the model is used. */
  average: Float32Array
  optimizer: AdamWState
}

type StateOptions = {
  seed: number
  init?: ReadonlyMap<string, Float32Array> | undefined
  /** The parameters that training changes; all by default. */
  learned?: ReadonlySet<string>
}

/** Starts from random values, or from those of a model. The parameters of teaching alone always start random. */
export function createState(
  specs: readonly ParameterSpec[],
  { seed, init, learned }: StateOptions,
): TrainState {
  const store = createStore(specs, learned)
  initialize(store, createRandom(seed))
  for (const [name, view] of init ? store.views : []) {
    if (isTeachingParameter(name)) continue
    const given = init?.get(name)
    if (given?.length !== view.length) {
      throw new TrainingError(`The model to start from has no fitting values for ${name}.`)
    }
    view.set(given)
  }
  return { store, average: store.values.slice(), optimizer: adamw.init(store.values.length) }
}

/** The average of what is learned, with the statistics as they are. */
export function averagedValues({ store, average }: TrainState): Map<string, Float32Array> {
  const values = viewsOf(store.specs, average.slice())
  for (const { name, isBuffer } of store.specs) {
    if (isBuffer) values.get(name)!.set(store.views.get(name)!)
  }
  return values
}
