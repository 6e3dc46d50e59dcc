import { apply, GraphError, integers, type Shape, show, type Tensor } from '../tensor.ts'
import { gather } from './gather.ts'
import { pad, slice, transpose } from './layout.ts'
import { matmul } from './matmul.ts'
import { reshape } from './reshape.ts'
import { reduceSum } from './sum-and-expand.ts'

export type ConvolutionOptions = {
  /** Default 1. */
  stride?: number
  /** Zeros on each side; default 0. */
  padding?: number
}

/**
 * Two-dimensional convolution (cross-correlation), without bias.
 *
 *   x [N, C, H, W],  kernel [O, C, h, w]  →  [N, O, ⌊(H + 2·padding − h) / stride⌋ + 1, …]
 */
export function convolution(x: Tensor, kernel: Tensor, options: ConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0 } = options
  const [N, C, H, W] = x.shape
  const [O, kernelC, h, w] = kernel.shape
  if (x.shape.length !== 4 || kernel.shape.length !== 4 || kernelC !== C) {
    throw new GraphError(`Conv: ${show(x.shape)} and a kernel of ${show(kernel.shape)} do not fit.`)
  }
  const height = Math.floor((H! + 2 * padding - h!) / stride) + 1
  const width = Math.floor((W! + 2 * padding - w!) / stride) + 1
  if (height < 1 || width < 1) {
    throw new GraphError(`Conv: a kernel of ${show(kernel.shape)} is larger than ${show(x.shape)}.`)
  }
  return apply(
    {
      operator: 'Conv',
      inputs: [x, kernel],
      attributes: {
        kernel_shape: [h!, w!],
        strides: [stride, stride],
        pads: [padding, padding, padding, padding],
      },
      gradient: ([g]) => [
        inputGradient(g!, x.shape, kernel, { stride, padding }),
        kernelGradient(g!, x, kernel.shape, { stride, padding }),
      ],
    },
    [N!, O!, height, width],
  )
}

/**
 * With stride 1 the convolution of dL/dy with the kernel turned by 180° and its channels swapped, which
 * runs faster than the transposed convolution that other strides need.
 */
function inputGradient(
  g: Tensor,
  shape: Shape,
  kernel: Tensor,
  { stride, padding }: Required<ConvolutionOptions>,
): Tensor {
  const [O, C, h, w] = kernel.shape
  if (stride === 1 && h === w && padding < h!) {
    const taps = h! * w!
    const backwards = integers(Array.from({ length: taps }, (_, i) => taps - 1 - i))
    const turned = gather(reshape(kernel, [O!, C!, taps]), backwards, 2)
    const swapped = reshape(transpose(turned, [1, 0, 2]), [C!, O!, h!, w!])
    return convolution(g, swapped, { padding: h! - 1 - padding })
  }
  const reached = (size: number, k: number) => (size - 1) * stride - 2 * padding + k
  return apply(
    {
      operator: 'ConvTranspose',
      inputs: [g, kernel],
      attributes: {
        kernel_shape: [h!, w!],
        strides: [stride, stride],
        pads: [padding, padding, padding, padding],
        output_padding: [
          shape[2]! - reached(g.shape[2]!, h!),
          shape[3]! - reached(g.shape[3]!, w!),
        ],
      },
    },
    shape,
  )
}

/**
 * For each tap (i, j) of the kernel: dL/dK[:, :, i, j] = Σ_n g[n] · x_shifted[n]ᵀ, one matrix product an
 * image. Measured faster than one product over all images, than unfolding all taps into one product,
 * and by far than a convolution with batch and channels swapped.
 */
function kernelGradient(
  g: Tensor,
  x: Tensor,
  [O, C, h, w]: Shape,
  { stride, padding }: Required<ConvolutionOptions>,
): Tensor {
  const [N, , height, width] = g.shape as [number, number, number, number]
  const pixels = height * width
  const rows = reshape(g, [N, O!, pixels])
  const padded = pad(x, [0, 0, padding, padding], [0, 0, padding, padding])
  const taps = Array.from({ length: h! * w! }, (_, tap) => {
    const top = Math.floor(tap / w!)
    const left = tap % w!
    const shifted = slice(padded, [
      { axis: 2, start: top, end: top + (height - 1) * stride + 1, step: stride },
      { axis: 3, start: left, end: left + (width - 1) * stride + 1, step: stride },
    ])
    const products = matmul(rows, reshape(shifted, [N, C!, pixels]), { transposeB: true }) // [N, O, C]
    return reshape(reduceSum(products, [0]), [O!, C!, 1])
  })
  return reshape(taps.length === 1 ? taps[0]! : joinTaps(taps), [O!, C!, h!, w!])
}

const joinTaps = (taps: readonly Tensor[]): Tensor =>
  apply({ operator: 'Concat', inputs: taps, attributes: { axis: 2 } }, [
    ...taps[0]!.shape.slice(0, 2),
    taps.length,
  ])
