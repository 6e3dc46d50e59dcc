import {
  bytesField,
  type Field,
  integerField,
  join,
  listField,
  textField,
} from '../src/graph/protobuf-writer.ts'

type BackboneOptions = {
  /** Pictures of one run; left free if absent. */
  batch?: number
  /** `classes`: a classifier, as most exports are; `places`: [N, 2, 2, 2]; `tokens`: [N, 4, 2]. */
  output?: 'classes' | 'places' | 'tokens'
  inputs?: number
  /** Pixels from place to place, down and across; 4 and 4 give 2 × 2 places, 4 and 8 give 2 × 1. */
  strides?: readonly [number, number]
  /** What the two channels are multiplied with. */
  gain?: number
}

/**
 * For tests: an ONNX network of the shape of vision models elsewhere. It takes `pixel_values`
 * [N, 3, 8, 8]; its two channels are the mean of red and the mean of blue of each quarter.
 */
export function writeBackbone({
  batch,
  output = 'classes',
  inputs = 1,
  strides = [4, 4],
  gain = 1,
}: BackboneOptions = {}) {
  const columns = strides[1] === 4 ? 2 : 1
  const head = {
    classes: [
      node('GlobalAveragePool', ['places'], ['pooled']),
      node('Flatten', ['pooled'], ['classes']),
    ],
    places: [],
    tokens: [
      node('Reshape', ['places', 'flat'], ['flattened']),
      node(
        'Transpose',
        ['flattened'],
        ['tokens'],
        bytesField(
          5,
          textField(1, 'perm'),
          ...[0, 2, 1].map((axis) => integerField(8, axis)),
          integerField(20, 7),
        ),
      ),
    ],
  }[output]
  const sizes = {
    classes: [batch ?? 'N', 2],
    places: [batch ?? 'N', 2, 2, columns],
    tokens: [batch ?? 'N', 2 * columns, 2],
  }[output]
  return join([
    integerField(1, 9),
    listField(7, [
      node(
        'Conv',
        ['pixel_values', 'kernel'],
        ['places'],
        bytesField(
          5,
          textField(1, 'strides'),
          ...strides.map((stride) => integerField(8, stride)),
          integerField(20, 7),
        ),
      ),
      ...head,
      textField(2, 'backbone'),
      tensor('kernel', [2, 3, 4, 4], kernel(gain)),
      bytesField(
        5,
        integerField(1, 3),
        integerField(2, 7),
        textField(8, 'flat'),
        bytesField(9, new Uint8Array(BigInt64Array.of(0n, 2n, BigInt(2 * columns)).buffer)),
      ),
      ...Array.from({ length: inputs }, (_, i) =>
        valueInfo(11, i === 0 ? 'pixel_values' : `more_${i}`, [batch ?? 'N', 3, 8, 8]),
      ),
      valueInfo(12, output, sizes),
    ]),
    bytesField(8, integerField(2, 18)),
  ])
}

/** Averages red into the first channel, blue into the second. */
function kernel(gain: number): Float32Array {
  const values = new Float32Array(2 * 3 * 16)
  values.fill(gain / 16, 0, 16)
  values.fill(gain / 16, (3 + 2) * 16, (3 + 3) * 16)
  return values
}

const node = (operator: string, inputs: string[], outputs: string[], ...attributes: Field[]) =>
  bytesField(
    1,
    ...inputs.map((name) => textField(1, name)),
    ...outputs.map((name) => textField(2, name)),
    textField(4, operator),
    ...attributes,
  )

const tensor = (name: string, shape: number[], values: Float32Array) =>
  bytesField(
    5,
    ...shape.map((size) => integerField(1, size)),
    integerField(2, 1),
    textField(8, name),
    bytesField(9, new Uint8Array(values.buffer)),
  )

function valueInfo(id: number, name: string, shape: (number | string)[]) {
  const sizes = shape.map((size) =>
    bytesField(1, typeof size === 'number' ? integerField(1, size) : textField(2, size)),
  )
  const type = bytesField(1, integerField(1, 1), bytesField(2, ...sizes))
  return bytesField(id, textField(1, name), bytesField(2, type))
}
