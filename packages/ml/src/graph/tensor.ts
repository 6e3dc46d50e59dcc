/** Sizes of the dimensions, outermost first; all known when the graph is built. */
export type Shape = readonly number[]

export type ElementType = 'float32' | 'int64' | 'bool'

/**
 * A value that will be there when the graph runs. Graphs are not objects: a tensor knows the node that
 * makes it, and so all that it depends on.
 */
export type Tensor = {
  readonly shape: Shape
  readonly type: ElementType
  readonly source: Source
}

type Source =
  | { kind: 'input'; name: string }
  | { kind: 'constant'; values: Float32Array | BigInt64Array }
  | { kind: 'node'; node: Node; output: number }

/** One operator at work. */
export type Node = {
  /** ONNX operator type */
  readonly operator: string
  readonly domain: '' | 'com.microsoft'
  readonly attributes: Readonly<Record<string, Attribute>>
  /** Undefined: an optional input that is left out. */
  readonly inputs: readonly (Tensor | undefined)[]
  readonly outputs: readonly Tensor[]
  readonly gradient: GradientRule | undefined
  /** What `gradient` gives gradients for, where that is not the inputs: see `withGradient`. */
  readonly influences: readonly (Tensor | undefined)[]
}

/** `float` marks a number that ONNX wants as a float although it may be whole. */
export type Attribute = number | string | readonly number[] | { float: number }

/**
 * From dL/d(output) of each output (undefined: no influence on the loss) to dL/d(input) of each input
 * (undefined: not differentiable there). Receives its node, to reuse what the forward pass computed.
 */
export type GradientRule = (
  outputGradients: readonly (Tensor | undefined)[],
  node: Node,
) => readonly (Tensor | undefined)[]

/** Filled in on each run, under this name. */
export const input = (name: string, shape: Shape, type: ElementType = 'float32'): Tensor => ({
  shape,
  type,
  source: { kind: 'input', name },
})

export function constant(values: Float32Array | readonly number[], shape: Shape): Tensor {
  requireSize('constant', values.length, shape)
  return { shape, type: 'float32', source: { kind: 'constant', values: Float32Array.from(values) } }
}

export const scalar = (value: number): Tensor => constant([value], [])

/** Whole numbers: shapes, axes, indices. */
export function integers(values: readonly number[], shape: Shape = [values.length]): Tensor {
  requireSize('integers', values.length, shape)
  return {
    shape,
    type: 'int64',
    source: { kind: 'constant', values: BigInt64Array.from(values, BigInt) },
  }
}

type NodeSpec = {
  operator: string
  inputs: readonly (Tensor | undefined)[]
  domain?: Node['domain']
  attributes?: Node['attributes']
  gradient?: GradientRule
  influences?: readonly (Tensor | undefined)[]
}

/**
 * The same value with a gradient of one's own, where a closed form is cheaper than the sum of the
 * parts: `gradient` gives dL/d(tensor) for each of `influences`, on which `value` depends.
 */
export const withGradient = (
  value: Tensor,
  influences: readonly Tensor[],
  gradient: GradientRule,
): Tensor => apply({ operator: 'Identity', inputs: [value], gradient, influences }, value.shape)

/** Applies an operator that has one output. */
export function apply(spec: NodeSpec, shape: Shape, type: ElementType = 'float32'): Tensor {
  const [output] = applyMany(spec, [{ shape, type }])
  return output!
}

/** Applies an operator that has several outputs. */
export function applyMany(
  { operator, inputs, domain = '', attributes = {}, gradient, influences = inputs }: NodeSpec,
  outputs: readonly { shape: Shape; type?: ElementType }[],
): Tensor[] {
  const tensors: Tensor[] = []
  const node: Node = {
    operator,
    domain,
    attributes,
    inputs,
    outputs: tensors,
    gradient,
    influences,
  }
  for (const [output, { shape, type = 'float32' }] of outputs.entries()) {
    tensors.push({ shape, type, source: { kind: 'node', node, output } })
  }
  return tensors
}

/** A graph that cannot be: names the operator and what does not fit. */
export class GraphError extends Error {
  override readonly name = 'GraphError'
}

export const sizeOf = (shape: Shape): number => shape.reduce((size, d) => size * d, 1)

export const show = (shape: Shape): string => `[${shape.join(', ')}]`

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((size, i) => size === b[i])

function requireSize(what: string, length: number, shape: Shape): void {
  if (length === sizeOf(shape)) return
  throw new GraphError(`${what}: ${length} values do not fill ${show(shape)}.`)
}
