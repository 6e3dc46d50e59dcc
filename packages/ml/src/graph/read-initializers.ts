import { fromFloat16 } from './float16.ts'
import { HALF } from './write-onnx.ts'

/** A file that is no ONNX, or an ONNX file that ends too early. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError'
}

/**
 * The stored values of an ONNX file by name: float32 and float16 tensors whose data are in the file
 * itself, as `writeOnnx` writes them. Others are left out.
 */
export function readInitializers(onnx: Uint8Array): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>()
  for (const model of fields(onnx)) {
    if (model.id !== MODEL_GRAPH || !model.bytes) continue
    for (const field of fields(model.bytes)) {
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
  for (const field of fields(bytes)) {
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

/** One field of a message: a number, or the bytes of a text, message or array. */
type Read = { id: number; value: number; bytes: Uint8Array | undefined }

function* fields(message: Uint8Array): Generator<Read> {
  const at = { place: 0 }
  while (at.place < message.length) {
    const key = readVarint(message, at)
    const id = Math.floor(key / 8)
    const kind = key % 8
    if (kind === 0) yield { id, value: readVarint(message, at), bytes: undefined }
    else if (kind === 2) yield { id, value: 0, bytes: take(message, at, readVarint(message, at)) }
    else if (kind === 5) yield { id, value: 0, bytes: take(message, at, 4) }
    else if (kind === 1) yield { id, value: 0, bytes: take(message, at, 8) }
    else throw new OnnxError('The file is not ONNX, or damaged.')
  }
}

function take(message: Uint8Array, at: { place: number }, length: number): Uint8Array {
  const end = at.place + length
  if (end > message.length) throw new OnnxError('The ONNX file ends too early.')
  const bytes = message.subarray(at.place, end)
  at.place = end
  return bytes
}

/** Exact up to 2⁵³; larger numbers do not matter here. */
function readVarint(message: Uint8Array, at: { place: number }): number {
  let value = 0
  for (let shift = 0; shift < 70; shift += 7) {
    const byte = message[at.place++]
    if (byte === undefined) throw new OnnxError('The ONNX file ends too early.')
    value += (byte & 0x7f) * 2 ** shift
    if (byte < 0x80) return value
  }
  throw new OnnxError('The file is not ONNX, or damaged.')
}
