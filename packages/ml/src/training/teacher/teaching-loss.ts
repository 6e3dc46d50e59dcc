import { add, subtract } from '../../graph/operators/arithmetic.ts'
import { cosine } from '../../graph/operators/cosine.ts'
import { reduceMean } from '../../graph/operators/mean.ts'
import { scalar, type Tensor } from '../../graph/tensor.ts'
import { createNetwork } from '../../models/create-network.ts'
import { pictureInput } from '../../models/image-encoder.ts'
import { createLinear } from '../../models/linear.ts'
import type { ModelSettings } from '../../models/model-settings.ts'
import { createParameters, type Parameters } from '../../models/parameters.ts'

/**
 * How far an encoder is from the features of a teacher, from 0 (the same directions) to 4:
 *
 *   loss = mean of 1 − cos(projected token, teacher's features) over all places of all pictures
 *        + mean of 1 − cos(mean of the projected tokens, mean of the teacher's features) over pictures
 *
 *   tokens [N, L, C] of the student,  target [N, L, K] of the teacher  →  []
 *
 * The linear projection C → K is learned with the encoder and belongs to training alone.
 * Source of learning features through a projection: Romero et al. 2015, "FitNets".
 */
export function teachingLoss(tokens: Tensor, target: Tensor, parameters: Parameters): Tensor {
  const [channels, wanted] = [tokens.shape.at(-1)!, target.shape.at(-1)!]
  const linear = createLinear(parameters)
  const projected = linear(tokens, PROJECTION, wanted, 1 / Math.sqrt(channels)) // [N, L, K]
  const ofPlaces = reduceMean(cosine(projected, target))
  const ofPictures = reduceMean(cosine(reduceMean(projected, [1]), reduceMean(target, [1])))
  return subtract(scalar(2), add(ofPlaces, ofPictures))
}

/** Places along each side of what a model's encoder makes of a picture. */
export function gridOf(settings: ModelSettings): number {
  const { encode } = createNetwork(settings, createParameters())
  const places = encode(pictureInput(settings, 1), 'inference').tokens.shape[1]!
  return Math.round(Math.sqrt(places)) // pictures are squares, and so are their maps
}

const PROJECTION = 'teaching.projection'

/** Whether a parameter serves teaching alone, so that no model folder has it. */
export const isTeachingParameter = (name: string): boolean => name.startsWith(`${PROJECTION}.`)
