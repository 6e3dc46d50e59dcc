import { sizeOf } from '../graph/tensor.ts'
import { listParameters } from './list-parameters.ts'
import type { ModelSettings } from './model-settings.ts'

/** How many numbers a model of these settings learns; running statistics are not among them. */
export const countParameters = (settings: ModelSettings): number =>
  listParameters(settings)
    .filter(({ isBuffer }) => !isBuffer)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0)
