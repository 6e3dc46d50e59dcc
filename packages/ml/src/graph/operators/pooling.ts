import { GraphError, show, type Tensor } from '../tensor.ts'
import { reduceMean } from './mean.ts'
import { reshape } from './reshape.ts'

/** Means of `size` × `size` squares: [N, C, H, W] → [N, C, H/size, W/size]; both must divide. */
export function averagePool(x: Tensor, size: number): Tensor {
  const [N, C, H, W] = x.shape
  if (x.shape.length !== 4 || H! % size !== 0 || W! % size !== 0) {
    throw new GraphError(`AveragePool: ${show(x.shape)} does not fall into squares of ${size}.`)
  }
  const squares = reshape(x, [N!, C!, H! / size, size, W! / size, size])
  return reduceMean(squares, [3, 5])
}

/** The mean of each channel: [N, C, H, W] → [N, C]. */
export const globalAveragePool = (x: Tensor): Tensor => reduceMean(x, [2, 3])
