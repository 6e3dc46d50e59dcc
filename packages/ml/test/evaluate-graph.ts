import { type Node, type Shape, sizeOf, type Tensor } from '../src/graph/tensor.ts'
import { topologicalOrder } from '../src/graph/topological-order.ts'

/** Values in float64, whatever the graph's type: the slow witness of what ONNX Runtime computes. */
export type Array64 = { shape: Shape; data: Float64Array }

/**
 * Computes a graph one element at a time, by the definitions of the ONNX operators (onnx.ai,
 * "Operators") and nothing else.
 */
export function evaluateGraph(
  outputs: readonly Tensor[],
  feeds: Readonly<Record<string, Float64Array>>,
): Float64Array[] {
  const known = new Map<Tensor, Array64>()
  const read = (tensor: Tensor): Array64 => {
    const value = known.get(tensor)
    if (value) return value
    const { source, shape } = tensor
    if (source.kind === 'constant') {
      return { shape, data: Float64Array.from(source.values as Float32Array, Number) }
    }
    if (source.kind === 'node') throw new Error('A node comes before its inputs.')
    const data = feeds[source.name]
    if (data?.length !== sizeOf(shape)) throw new Error(`${source.name} is missing or too short.`)
    return { shape, data }
  }
  for (const node of topologicalOrder(outputs)) {
    const compute = operators[node.operator]
    if (!compute) throw new Error(`The witness does not know ${node.operator}.`)
    const results = compute(
      node.inputs.map((tensor) => (tensor ? read(tensor) : empty)),
      node,
    )
    for (const [i, data] of results.entries()) {
      known.set(node.outputs[i]!, { shape: node.outputs[i]!.shape, data })
    }
  }
  return outputs.map((tensor) => read(tensor).data)
}

const empty: Array64 = { shape: [], data: new Float64Array() }

type Compute = (inputs: Array64[], node: Node) => Float64Array[]

const unary =
  (f: (x: number) => number): Compute =>
  ([a]) => [a!.data.map(f)]

const binary =
  (f: (x: number, y: number) => number): Compute =>
  ([a, b], { outputs: [out] }) => [
    fill(out!.shape, (at) => f(broadcastAt(a!, at), broadcastAt(b!, at))),
  ]

const operators: Record<string, Compute> = {
  Add: binary((x, y) => x + y),
  Sub: binary((x, y) => x - y),
  Mul: binary((x, y) => x * y),
  Div: binary((x, y) => x / y),
  Max: binary(Math.max),
  Neg: unary((x) => -x),
  Abs: unary(Math.abs),
  Relu: unary((x) => Math.max(x, 0)),
  Exp: unary(Math.exp),
  Log: unary(Math.log),
  Sqrt: unary(Math.sqrt),
  Tanh: unary(Math.tanh),
  Sigmoid: unary((x) => 1 / (1 + Math.exp(-x))),
  HardSigmoid: ([a], { attributes }) => {
    const { float: alpha } = attributes.alpha as { float: number }
    return [a!.data.map((x) => Math.max(0, Math.min(1, alpha * x)))]
  },
  Softplus: unary((x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))),
  Erf: unary(erf),
  Gelu: unary((x) => 0.5 * x * (1 + erf(x * Math.SQRT1_2))),

  Reshape: ([a]) => [a!.data],
  Identity: ([a]) => [a!.data],
  RandomUniformLike: ([a], { attributes: { low, high } }) => {
    const { float: least } = low as { float: number }
    if ((high as { float: number }).float !== least) throw new Error('The witness knows no chance.')
    return [a!.data.map(() => least)]
  },
  Expand: ([a], { outputs: [out] }) => [fill(out!.shape, (at) => broadcastAt(a!, at))],
  Transpose: ([a], { outputs: [out], attributes }) => {
    const order = attributes.perm as number[]
    return [
      fill(out!.shape, (at) => {
        const from: number[] = []
        for (const [i, axis] of order.entries()) from[axis] = at[i]!
        return valueAt(a!, from)
      }),
    ]
  },
  Slice: ([a, starts, _ends, axes, steps], { outputs: [out] }) => [
    fill(out!.shape, (at) => {
      const from = [...at]
      for (const [i, axis] of axes!.data.entries()) {
        from[axis] = starts!.data[i]! + from[axis]! * steps!.data[i]!
      }
      return valueAt(a!, from)
    }),
  ],
  Pad: ([a, pads], { outputs: [out] }) => [
    fill(out!.shape, (at) => {
      const from = at.map((x, axis) => x - pads!.data[axis]!)
      return from.every((x, axis) => x >= 0 && x < a!.shape[axis]!) ? valueAt(a!, from) : 0
    }),
  ],
  Concat: (inputs, { outputs: [out], attributes }) => [
    fill(out!.shape, (at) => {
      const axis = attributes.axis as number
      const from = [...at]
      for (const part of inputs) {
        if (from[axis]! < part.shape[axis]!) return valueAt(part, from)
        from[axis]! -= part.shape[axis]!
      }
      throw new Error('Concat: out of range')
    }),
  ],
  Split: ([a], { outputs, attributes }) => {
    const axis = attributes.axis as number
    let offset = 0
    return outputs.map(({ shape }) => {
      const start = offset
      offset += shape[axis]!
      return fill(shape, (at) => valueAt(a!, at.with(axis, at[axis]! + start)))
    })
  },
  Gather: ([a, indices], { outputs: [out], attributes }) => {
    const axis = attributes.axis as number
    const rank = indices!.shape.length
    return [
      fill(out!.shape, (at) => {
        const index = valueAt(indices!, at.slice(axis, axis + rank))
        return valueAt(a!, [...at.slice(0, axis), index, ...at.slice(axis + rank)])
      }),
    ]
  },
  GatherElements: ([a, indices], { outputs: [out], attributes }) => [
    fill(out!.shape, (at) =>
      valueAt(a!, at.with(attributes.axis as number, valueAt(indices!, at))),
    ),
  ],
  ScatterElements: ([a, indices, updates], { attributes }) => {
    const result = { shape: a!.shape, data: a!.data.slice() }
    forEachPlace(indices!.shape, (at) => {
      const to = at.with(attributes.axis as number, valueAt(indices!, at))
      result.data[offsetOf(result.shape, to)]! += valueAt(updates!, at)
    })
    return [result.data]
  },
  ReduceSum: ([a, axes], { outputs: [out], attributes }) => {
    const result = new Float64Array(sizeOf(out!.shape))
    const summed = [...axes!.data]
    forEachPlace(a!.shape, (at) => {
      const to = attributes.keepdims
        ? at.map((x, axis) => (summed.includes(axis) ? 0 : x))
        : at.filter((_, axis) => !summed.includes(axis))
      result[offsetOf(out!.shape, to)]! += valueAt(a!, at)
    })
    return [result]
  },

  Softmax: ([a]) => [overRows(a!, (row) => divide(row.map(expFrom(row))))],
  LogSoftmax: ([a]) => [
    overRows(a!, (row) => {
      const top = Math.max(...row)
      const total = Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0)) + top
      return row.map((x) => x - total)
    }),
  ],
  MatMul: ([a, b], { outputs: [out] }) => [product(a!, b!, out!.shape, false, false)],
  Gemm: matmulWithTurns,
  FusedMatMul: matmulWithTurns,
  Conv: ([x, kernel], { outputs: [out], attributes }) => {
    const [stride] = attributes.strides as number[]
    const [padding] = attributes.pads as number[]
    const [O, C, h, w] = kernel!.shape as [number, number, number, number]
    const perGroup = O / (attributes.group as number)
    return [
      fill(out!.shape, ([n, o, i, j]) => {
        const before = Math.floor(o! / perGroup) * C
        let sum = 0
        forEachPlace([C, h, w], ([c, p, q]) => {
          const [row, column] = [i! * stride! + p! - padding!, j! * stride! + q! - padding!]
          if (row < 0 || column < 0 || row >= x!.shape[2]! || column >= x!.shape[3]!) return
          sum += valueAt(x!, [n!, before + c!, row, column]) * valueAt(kernel!, [o!, c!, p!, q!])
        })
        return sum
      }),
    ]
  },
  ConvTranspose: ([g, kernel], { outputs: [out], attributes }) => {
    const [stride] = attributes.strides as number[]
    const [padding] = attributes.pads as number[]
    const [O, C, h, w] = kernel!.shape as [number, number, number, number]
    const perGroup = O / (attributes.group as number)
    const result = new Float64Array(sizeOf(out!.shape))
    forEachPlace(g!.shape, ([n, o, i, j]) => {
      const before = Math.floor(o! / perGroup) * C
      forEachPlace([C, h, w], ([c, p, q]) => {
        const [row, column] = [i! * stride! + p! - padding!, j! * stride! + q! - padding!]
        if (row < 0 || column < 0 || row >= out!.shape[2]! || column >= out!.shape[3]!) return
        result[offsetOf(out!.shape, [n!, before + c!, row, column])]! +=
          valueAt(g!, [n!, o!, i!, j!]) * valueAt(kernel!, [o!, c!, p!, q!])
      })
    })
    return [result]
  },
  LayerNormalization: ([x, gain, bias], { outputs, attributes }) => {
    const { float: epsilon } = attributes.epsilon as { float: number }
    const means: number[] = []
    const inverses: number[] = []
    const y = overRows(x!, (row) => {
      const { mean, variance } = moments(row)
      means.push(mean)
      inverses.push(1 / Math.sqrt(variance + epsilon))
      return row.map((v, i) => (v - mean) * inverses.at(-1)! * gain!.data[i]! + bias!.data[i]!)
    })
    return [y, Float64Array.from(means), Float64Array.from(inverses)].slice(0, outputs.length)
  },
  BatchNormalization: ([x, gain, bias, mean, variance], { outputs, attributes }) => {
    const { float: epsilon } = attributes.epsilon as { float: number }
    const [N, C, H, W] = x!.shape
    const training = attributes.training_mode === 1
    const statistics = Array.from({ length: C! }, (_, c) => {
      if (!training) return { mean: mean!.data[c]!, variance: variance!.data[c]! }
      const values: number[] = []
      forEachPlace([N!, H!, W!], ([n, i, j]) => void values.push(valueAt(x!, [n!, c, i!, j!])))
      return moments(values)
    })
    const y = fill(x!.shape, (at) => {
      const c = at[1]!
      const { mean: m, variance: v } = statistics[c]!
      return ((valueAt(x!, at) - m) / Math.sqrt(v + epsilon)) * gain!.data[c]! + bias!.data[c]!
    })
    return [
      y,
      Float64Array.from(statistics, (s) => s.mean),
      Float64Array.from(statistics, (s) => s.variance),
    ].slice(0, outputs.length)
  },
}

function matmulWithTurns([a, b]: Array64[], { outputs: [out], attributes }: Node): Float64Array[] {
  return [product(a!, b!, out!.shape, attributes.transA === 1, attributes.transB === 1)]
}

function product(a: Array64, b: Array64, shape: Shape, turnA: boolean, turnB: boolean) {
  const inner = a.shape.at(turnA ? -2 : -1)!
  return fill(shape, (at) => {
    const batch = at.slice(0, -2)
    const [row, column] = at.slice(-2)
    let sum = 0
    for (let k = 0; k < inner; k++) {
      const left = broadcastAt(a, [...batch, ...(turnA ? [k, row!] : [row!, k])])
      const right = broadcastAt(b, [...batch, ...(turnB ? [column!, k] : [k, column!])])
      sum += left * right
    }
    return sum
  })
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length
  return { mean, variance: values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length }
}

const expFrom = (row: readonly number[]) => {
  const top = Math.max(...row)
  return (x: number) => Math.exp(x - top)
}

const divide = (row: readonly number[]) => {
  const total = row.reduce((sum, x) => sum + x, 0)
  return row.map((x) => x / total)
}

function overRows(a: Array64, f: (row: number[]) => number[]): Float64Array {
  const width = a.shape.at(-1)!
  const result = new Float64Array(a.data.length)
  for (let start = 0; start < a.data.length; start += width) {
    result.set(f([...a.data.subarray(start, start + width)]), start)
  }
  return result
}

function fill(shape: Shape, value: (at: number[]) => number): Float64Array {
  const data = new Float64Array(sizeOf(shape))
  let i = 0
  forEachPlace(shape, (at) => {
    data[i++] = value(at)
  })
  return data
}

/** Every place of a shape, last dimension fastest. */
function forEachPlace(shape: Shape, visit: (at: number[]) => void): void {
  const at = shape.map(() => 0)
  for (let i = sizeOf(shape); i > 0; i--) {
    visit(at)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++at[axis]! < shape[axis]!) break
      at[axis] = 0
    }
  }
}

const offsetOf = (shape: Shape, at: readonly number[]): number =>
  shape.reduce((offset, size, axis) => offset * size + at[axis]!, 0)

const valueAt = ({ shape, data }: Array64, at: readonly number[]): number =>
  data[offsetOf(shape, at)]!

const broadcastAt = (a: Array64, at: readonly number[]): number =>
  valueAt(
    a,
    a.shape.map((size, axis) => (size === 1 ? 0 : at[at.length - a.shape.length + axis]!)),
  )

/**
 * The error function, by its Taylor series below 3 and its continued fraction above.
 * Source: Abramowitz & Stegun 1964, 7.1.5 and 7.1.14.
 */
function erf(x: number): number {
  if (x < 0) return -erf(-x)
  if (x > 3) {
    let tail = 0
    for (let k = 60; k > 0; k--) tail = k / 2 / (x + tail)
    return 1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + tail))
  }
  let term = x
  let sum = x
  for (let n = 1; n < 100; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
