import { readFields } from './protobuf-reader.ts'
import { bytesField, join, textField } from './protobuf-writer.ts'

/** What computes what in an ONNX file; weights are not read. */
export type OnnxOutline = {
  nodes: { operator: string; inputs: string[]; outputs: string[] }[]
  outputs: string[]
  /** Some weights lie in another file beside it. */
  hasExternalData: boolean
}

/** Source: onnx.ai, onnx.proto. */
export function readOutline(onnx: Uint8Array): OnnxOutline {
  const outline: OnnxOutline = { nodes: [], outputs: [], hasExternalData: false }
  for (const model of readFields(onnx)) {
    if (model.id !== GRAPH || !model.bytes) continue
    for (const { id, bytes } of readFields(model.bytes)) {
      if (!bytes) continue
      if (id === NODE) outline.nodes.push(readNode(bytes))
      if (id === OUTPUT) outline.outputs.push(...readTexts(bytes, 1))
      if (id === INITIALIZER) outline.hasExternalData ||= isExternal(bytes)
    }
  }
  return outline
}

/**
 * The same file with one more output: a value that it computes on its way. Messages that occur twice are
 * merged by every reader of Protocol Buffers, so it is enough to append.
 */
export const addOutput = (onnx: Uint8Array, name: string): Uint8Array =>
  join([onnx, bytesField(GRAPH, bytesField(OUTPUT, textField(1, name)))])

const GRAPH = 7
const NODE = 1
const INITIALIZER = 5
const OUTPUT = 12
const DATA_LOCATION = 14

const readNode = (bytes: Uint8Array) => ({
  operator: readTexts(bytes, 4)[0] ?? '',
  inputs: readTexts(bytes, 1),
  outputs: readTexts(bytes, 2),
})

function readTexts(message: Uint8Array, id: number): string[] {
  const texts: string[] = []
  for (const field of readFields(message)) {
    if (field.id === id && field.bytes) texts.push(new TextDecoder().decode(field.bytes))
  }
  return texts
}

function isExternal(tensor: Uint8Array): boolean {
  for (const { id, value } of readFields(tensor)) if (id === DATA_LOCATION) return value === 1
  return false
}
