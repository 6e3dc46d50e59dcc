import { fitsFloat16, toFloat16 } from './float16.ts'
import {
  bytesField,
  type Field,
  floatField,
  integerField,
  join,
  listField,
  textField,
} from './protobuf-writer.ts'
import {
  type Attribute,
  type ElementType,
  GraphError,
  type Node,
  show,
  sizeOf,
  type Tensor,
} from './tensor.ts'
import { topologicalOrder } from './topological-order.ts'

export type OnnxOptions = {
  /** Results by name. */
  outputs: Readonly<Record<string, Tensor>>
  /** Values of inputs that become part of the file, by the input's name: trained parameters. */
  values?: ReadonlyMap<string, Float32Array>
  /**
   * How `values` are stored; float16 halves the file and is widened again when it is loaded. Tensors with
   * a number that is too large for it stay as they are.
   */
  storage?: 'float32' | 'float16'
}

/**
 * The graph that computes `outputs`, as an ONNX file (opset 18, with ONNX Runtime's own operators where
 * used). Inputs are all `input` tensors the outputs depend on and that have no value in `values`.
 * Source: onnx.ai, "ONNX IR" and onnx.proto.
 */
export function writeOnnx(options: OnnxOptions): Uint8Array {
  const { outputs, values = new Map(), storage = 'float32' } = options
  for (const name of Object.keys(outputs)) requireName(name)
  const nodes = topologicalOrder(Object.values(outputs))
  const names = new Names()
  const nodeFields = nodes.map((node) => writeNode(node, names))
  const outputFields = Object.entries(outputs).flatMap(([name, tensor]) => [
    // Whatever the tensor is called inside, a copy of it goes by the name that was asked for.
    bytesField(
      GRAPH_NODE,
      textField(1, names.of(tensor)),
      textField(2, name),
      textField(4, 'Identity'),
    ),
    writeValueInfo(GRAPH_OUTPUT, name, tensor),
  ])

  const inputs = [...names.inputs]
  const clash = inputs.find(([name]) => Object.hasOwn(outputs, name))
  if (clash) throw new GraphError(`${clash[0]} is the name of an input and of an output.`)
  const constants = [...names.constants].map(([tensor, name]) =>
    writeInitializer(name, tensor, valuesOf(tensor)),
  )
  const stored = inputs.flatMap(([name, tensor]) => {
    const given = values.get(name)
    return given ? writeStored(name, tensor, given, storage) : []
  })
  const open = inputs.filter(([name]) => !values.has(name))
  return join([
    integerField(1, IR_VERSION),
    textField(2, 'descry'),
    listField(7, [
      ...constants,
      ...stored,
      ...nodeFields,
      textField(2, 'graph'),
      ...open.map(([name, tensor]) => writeValueInfo(GRAPH_INPUT, name, tensor)),
      ...outputFields,
    ]),
    bytesField(8, integerField(2, OPSET)),
    bytesField(8, textField(1, 'com.microsoft'), integerField(2, 1)),
  ])
}

const IR_VERSION = 9
const OPSET = 18
const GRAPH_NODE = 1
const GRAPH_INPUT = 11
const GRAPH_OUTPUT = 12
const INITIALIZER = 5
const FLOAT16 = 10

/** Behind the name of a value that is stored in half precision. */
export const HALF = ':half'

/** Names with a colon are ours: those of constants, of what nodes make, and of halves. */
function requireName(name: string): void {
  if (name !== '' && !name.includes(':')) return
  throw new GraphError(
    `'${name}' cannot be the name of an input or output: empty, or with a colon.`,
  )
}

const elementTypes: Record<ElementType, number> = { float32: 1, int64: 7, bool: 9 }

/** Gives every tensor a name, and notes which inputs and constants there are. */
class Names {
  readonly inputs = new Map<string, Tensor>()
  readonly constants = new Map<Tensor, string>()
  readonly #names = new Map<Tensor, string>()
  readonly #shared = new Map<string, string>()

  of(tensor: Tensor): string {
    const known = this.#names.get(tensor)
    if (known !== undefined) return known
    const name = this.#choose(tensor)
    this.#names.set(tensor, name)
    return name
  }

  #choose(tensor: Tensor): string {
    const { source } = tensor
    if (source.kind === 'input') {
      const other = this.inputs.get(source.name)
      if (other && other !== tensor) {
        throw new GraphError(`Two different inputs are called ${source.name}.`)
      }
      requireName(source.name)
      this.inputs.set(source.name, tensor)
      return source.name
    }
    if (source.kind === 'node') return `:t${this.#names.size}`
    return this.#chooseConstant(tensor, source.values)
  }

  /** Equal small constants, such as shapes, are written once. */
  #chooseConstant(tensor: Tensor, values: Float32Array | BigInt64Array): string {
    // By its bytes: as text 0 and −0 are the same.
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
    const key =
      values.length > 64 ? undefined : `${tensor.type}:${tensor.shape}:${bytes.toString('latin1')}`
    const shared = key === undefined ? undefined : this.#shared.get(key)
    if (shared !== undefined) return shared
    const name = `:c${this.constants.size}`
    this.constants.set(tensor, name)
    if (key !== undefined) this.#shared.set(key, name)
    return name
  }
}

function writeNode({ operator, domain, attributes, inputs, outputs }: Node, names: Names): Field {
  return bytesField(
    GRAPH_NODE,
    ...inputs.map((tensor) => textField(1, tensor ? names.of(tensor) : '')),
    ...outputs.map((tensor) => textField(2, names.of(tensor))),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) => writeAttribute(name, value)),
    textField(7, domain),
  )
}

function writeAttribute(name: string, value: Attribute): Field {
  const type = (id: number) => integerField(20, id)
  if (typeof value === 'number') {
    return bytesField(5, textField(1, name), integerField(3, value), type(2))
  }
  if (typeof value === 'string') {
    return bytesField(5, textField(1, name), textField(4, value), type(3))
  }
  if ('float' in value) {
    return bytesField(5, textField(1, name), floatField(2, value.float), type(1))
  }
  return bytesField(5, textField(1, name), ...value.map((item) => integerField(8, item)), type(7))
}

function valuesOf({ source }: Tensor): Float32Array | BigInt64Array {
  if (source.kind === 'constant') return source.values
  throw new GraphError('Only a constant has values.')
}

function writeInitializer(
  name: string,
  { shape, type }: Pick<Tensor, 'shape' | 'type'>,
  values: Float32Array | BigInt64Array | Uint16Array,
): Field {
  return bytesField(
    INITIALIZER,
    ...shape.map((size) => integerField(1, size)),
    integerField(2, values instanceof Uint16Array ? FLOAT16 : elementTypes[type]),
    textField(8, name),
    // little-endian, as we are
    bytesField(9, new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  )
}

/** An input's values, instead of the input. */
function writeStored(
  name: string,
  tensor: Tensor,
  values: Float32Array,
  storage: 'float32' | 'float16',
): Field[] {
  if (values.length !== sizeOf(tensor.shape) || tensor.type !== 'float32') {
    const wanted = `${tensor.type} ${show(tensor.shape)}`
    throw new GraphError(`${name}: ${values.length} float32 values for ${wanted}.`)
  }
  return storage === 'float32' || !fitsFloat16(values)
    ? [writeInitializer(name, tensor, values)]
    : writeWidened(name, tensor, values)
}

/** A float16 initializer and the node that makes float32 of it; ONNX Runtime folds the two on loading. */
function writeWidened(name: string, tensor: Tensor, values: Float32Array): Field[] {
  const small = name + HALF
  return [
    writeInitializer(small, tensor, toFloat16(values)),
    bytesField(
      GRAPH_NODE,
      textField(1, small),
      textField(2, name),
      textField(4, 'Cast'),
      writeAttribute('to', elementTypes.float32),
    ),
  ]
}

function writeValueInfo(id: number, name: string, { shape, type }: Tensor): Field {
  const sizes = shape.map((size) => bytesField(1, integerField(1, size)))
  const tensorType = bytesField(1, integerField(1, elementTypes[type]), bytesField(2, ...sizes))
  return bytesField(id, textField(1, name), bytesField(2, tensorType))
}
