import { apply, GraphError, integers, type Shape, show, type Tensor } from '../tensor.ts'
import { multiply } from './arithmetic.ts'
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
  /** Channels fall into so many groups, each convolved by itself; default 1. */
  groups?: number
}

/**
 * Two-dimensional convolution (cross-correlation), without bias.
 *
 *   x [N, C, H, W],  kernel [O, C / groups, h, w]  →  [N, O, ⌊(H + 2·padding − h) / stride⌋ + 1, …]
 */
export function convolution(x: Tensor, kernel: Tensor, options: ConvolutionOptions = {}): Tensor {
  const { stride = 1, padding = 0, groups = 1 } = options
  const [N, C, H, W] = x.shape
  const [O, kernelC, h, w] = kernel.shape
  if (x.shape.length !== 4 || kernel.shape.length !== 4 || kernelC! * groups !== C) {
    throw new GraphError(`Conv: ${show(x.shape)} and a kernel of ${show(kernel.shape)} do not fit.`)
  }
  if (O! % groups !== 0) {
    throw new GraphError(`Conv: ${O} channels do not fall into ${groups} groups.`)
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
        group: groups,
      },
      gradient: ([g]) => [
        inputGradient(g!, x.shape, kernel, { stride, padding, groups }),
        kernelGradient(g!, x, kernel.shape, { stride, padding, groups }),
      ],
    },
    [N!, O!, height, width],
  )
}

type Filled = Required<ConvolutionOptions>

/**
 * With stride 1 the convolution of dL/dy with the kernel turned by 180° and its channels swapped, which
 * runs faster than the transposed convolution that other strides need.
 */
function inputGradient(
  g: Tensor,
  shape: Shape,
  kernel: Tensor,
  { stride, padding, groups }: Filled,
): Tensor {
  const [O, C, h, w] = kernel.shape as [number, number, number, number]
  if (stride === 1 && h === w && padding < h) {
    const taps = h * w
    const backwards = integers(Array.from({ length: taps }, (_, i) => taps - 1 - i))
    const turned = gather(reshape(kernel, [groups, O / groups, C, taps]), backwards, 3)
    const swapped = reshape(transpose(turned, [0, 2, 1, 3]), [groups * C, O / groups, h, w])
    return convolution(g, swapped, { padding: h - 1 - padding, groups })
  }
  const reached = (size: number, k: number) => (size - 1) * stride - 2 * padding + k
  return apply(
    {
      operator: 'ConvTranspose',
      inputs: [g, kernel],
      attributes: {
        kernel_shape: [h, w],
        strides: [stride, stride],
        pads: [padding, padding, padding, padding],
        output_padding: [shape[2]! - reached(g.shape[2]!, h), shape[3]! - reached(g.shape[3]!, w)],
        group: groups,
      },
    },
    shape,
  )
}

/**
 * For each tap (i, j) of the kernel: dL/dK[:, :, i, j] = Σ_n g[n] · x_shifted[n]ᵀ, one matrix product an
 * image and group. Measured faster than one product over all images, than unfolding all taps into one
 * product, and by far than a convolution with batch and channels swapped.
 */
function kernelGradient(
  g: Tensor,
  x: Tensor,
  [O, C, h, w]: Shape,
  { stride, padding, groups }: Filled,
): Tensor {
  const [N, , height, width] = g.shape as [number, number, number, number]
  const padded = pad(x, [0, 0, padding, padding], [0, 0, padding, padding])
  const isDepthwise = groups === O && C === 1
  const taps = Array.from({ length: h! * w! }, (_, tap) => {
    const top = Math.floor(tap / w!)
    const left = tap % w!
    const shifted = slice(padded, [
      { axis: 2, start: top, end: top + (height - 1) * stride + 1, step: stride },
      { axis: 3, start: left, end: left + (width - 1) * stride + 1, step: stride },
    ])
    // Products of one row and one column are sums, and much faster as such.
    if (isDepthwise) return reshape(reduceSum(multiply(g, shifted), [0, 2, 3]), [O, 1, 1])
    const rows = reshape(g, [N, groups, O! / groups, height * width])
    const columns = reshape(shifted, [N, groups, C!, height * width])
    const products = matmul(rows, columns, { transposeB: true }) // [N, groups, O / groups, C]
    return reshape(reduceSum(products, [0]), [O!, C!, 1])
  })
  return reshape(taps.length === 1 ? taps[0]! : joinTaps(taps), [O!, C!, h!, w!])
}

const joinTaps = (taps: readonly Tensor[]): Tensor =>
  apply({ operator: 'Concat', inputs: taps, attributes: { axis: 2 } }, [
    ...taps[0]!.shape.slice(0, 2),
    taps.length,
  ])
