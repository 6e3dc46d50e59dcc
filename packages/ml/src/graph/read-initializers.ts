import { fromFloat16 } from './float16.ts'
import { readFields } from './protobuf-reader.ts'
import { HALF } from './write-onnx.ts'

/**
 * The stored values of an ONNX file by name: float32 and float16 tensors whose data are in the file
 * itself, as `writeOnnx` writes them. Others are left out.
 */
export function readInitializers(onnx: Uint8Array): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>()
  for (const model of readFields(onnx)) {
    if (model.id !== MODEL_GRAPH || !model.bytes) continue
    for (const field of readFields(model.bytes)) {
      if (field.id === GRAPH_INITIALIZER && field.bytes) readTensor(field.bytes, values)
    }
  }
  return values
}

const HALF_ENDING = new RegExp(`${HALF}$`)
const MODEL_GRAPH = 7
const GRAPH_INITIALIZER = 5
const FLOAT32 = 1
const FLOAT16 = 10

function readTensor(bytes: Uint8Array, values: Map<string, Float32Array>): void {
  let type = 0
  let name = ''
  let data: Uint8Array | undefined
  for (const field of readFields(bytes)) {
    if (field.id === 2) type = field.value
    if (field.id === 8 && field.bytes) name = new TextDecoder().decode(field.bytes)
    if (field.id === 9) data = field.bytes
  }
  if (!data) return
  const copy = new Uint8Array(data).buffer // aligned, whatever its place in the file
  if (type === FLOAT32 && data.length % 4 === 0) values.set(name, new Float32Array(copy))
  if (type === FLOAT16 && data.length % 2 === 0)
    values.set(name.replace(HALF_ENDING, ''), fromFloat16(new Uint16Array(copy)))
}
