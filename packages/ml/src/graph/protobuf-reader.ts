/** A file that is no ONNX, or an ONNX file that ends too early. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError'
}

/** One field of a message: a number, or the bytes of a text, message or array. */
export type ReadField = { id: number; value: number; bytes: Uint8Array | undefined }

/**
 * The fields of a message in their order; bytes are views, not copies.
 * Source: protobuf.dev, "Encoding".
 */
export function* readFields(message: Uint8Array): Generator<ReadField> {
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
