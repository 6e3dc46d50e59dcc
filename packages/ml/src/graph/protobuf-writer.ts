/**
 * The few forms of Protocol Buffers that ONNX files are made of. A large field stays in pieces until the
 * whole file is joined: weights lie four messages deep, and would be copied once for each.
 * Source: protobuf.dev, "Encoding".
 */
export type Field = { length: number; pieces: readonly Uint8Array[] }

type Content = Uint8Array | Field

/** A whole number; negative ones as 64-bit two's complement. */
export function integerField(id: number, value: number | bigint): Field {
  return toField([varint((id << 3) | VARINT), varint(value)])
}

export function floatField(id: number, value: number): Field {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setFloat32(0, value, true)
  return toField([varint((id << 3) | FIXED32), bytes])
}

/** Bytes, or the fields of a message in it. */
export const bytesField = (id: number, ...content: Content[]): Field => listField(id, content)

/** The same for any number of parts: those of a call have to fit on the stack. */
export function listField(id: number, content: readonly Content[]): Field {
  const length = content.reduce((sum, part) => sum + part.length, 0)
  return toField([varint((id << 3) | LENGTH_DELIMITED), varint(length), ...content])
}

export const textField = (id: number, value: string): Field =>
  bytesField(id, new TextEncoder().encode(value))

export function join(parts: readonly Content[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const piece of parts.flatMap(piecesOf)) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

function toField(parts: readonly Content[]): Field {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return { length, pieces: length <= MAX_JOINED_BYTES ? [join(parts)] : parts.flatMap(piecesOf) }
}

const piecesOf = (part: Content): readonly Uint8Array[] =>
  part instanceof Uint8Array ? [part] : part.pieces

/** Small messages are one piece, so that a file has few. */
const MAX_JOINED_BYTES = 4096

const VARINT = 0
const LENGTH_DELIMITED = 2
const FIXED32 = 5

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  do {
    const low = Number(rest & 0x7fn)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 0x80 : low)
  } while (rest > 0n)
  return Uint8Array.from(bytes)
}
