import {
  bytesField,
  type Field,
  floatField,
  integerField,
  join,
  listField,
  textField,
} from '../../src/graph/protobuf-writer.ts'

type Attribute = number | { float: number } | readonly number[]
type Type = keyof typeof types

/** Writes an ONNX file whose shapes may have names, such as `sequence`: those of models elsewhere do. */
export function tinyGraph() {
  const parts: Field[] = []
  let count = 0

  return {
    input: (name: string, type: Type, shape: Shape) => {
      parts.push(valueInfo(INPUT, name, type, shape))
      return name
    },
    constant: (type: Type, shape: readonly number[], values: readonly number[]) => {
      const name = `c${count++}`
      parts.push(tensor(name, type, shape, values))
      return name
    },
    /** Gives the name of the first result. */
    node: (operator: string, inputs: string[], attributes: Record<string, Attribute> = {}) => {
      const output = `t${count++}`
      parts.push(node(operator, { inputs, output, attributes }))
      return output
    },
    output: (name: string, value: string, type: Type, shape: Shape) => {
      parts.push(node('Identity', { inputs: [value], output: name, attributes: {} }))
      parts.push(valueInfo(OUTPUT, name, type, shape))
    },
    toFile: (): Buffer =>
      Buffer.from(
        join([
          integerField(1, 9),
          listField(7, [...parts, textField(2, 'tiny')]),
          bytesField(8, integerField(2, 18)),
        ]),
      ),
  }
}

export type TinyGraph = ReturnType<typeof tinyGraph>

type Shape = readonly (number | string)[]

const INPUT = 11
const OUTPUT = 12

const types = {
  float32: { id: 1, array: Float32Array },
  int64: { id: 7, array: BigInt64Array },
  bool: { id: 9, array: Uint8Array },
} as const

export const typeIds = { float32: types.float32.id, int64: types.int64.id } as const

function node(
  operator: string,
  {
    inputs,
    output,
    attributes,
  }: { inputs: string[]; output: string; attributes: Record<string, Attribute> },
) {
  return bytesField(
    1,
    ...inputs.map((name) => textField(1, name)),
    textField(2, output),
    textField(4, operator),
    ...Object.entries(attributes).map(([name, value]) =>
      bytesField(5, textField(1, name), ...toFields(value)),
    ),
  )
}

function toFields(value: Attribute): Field[] {
  if (typeof value === 'number') return [integerField(3, value), integerField(20, 2)]
  if ('float' in value) return [floatField(2, value.float), integerField(20, 1)]
  return [...value.map((item) => integerField(8, item)), integerField(20, 7)]
}

function tensor(name: string, type: Type, shape: readonly number[], values: readonly number[]) {
  const { id } = types[type]
  const data =
    type === 'int64'
      ? BigInt64Array.from(values, BigInt)
      : new types[type as 'float32' | 'bool'].array(values)
  return bytesField(
    5,
    ...shape.map((size) => integerField(1, size)),
    integerField(2, id),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer)),
  )
}

function valueInfo(id: number, name: string, type: Type, shape: Shape) {
  const sizes = shape.map((size) =>
    bytesField(1, typeof size === 'number' ? integerField(1, size) : textField(2, size)),
  )
  const tensorType = bytesField(1, integerField(1, types[type].id), bytesField(2, ...sizes))
  return bytesField(id, textField(1, name), bytesField(2, tensorType))
}
