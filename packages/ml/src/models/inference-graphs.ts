import { sigmoid } from '../graph/operators/activation.ts'
import { gather } from '../graph/operators/gather.ts'
import { input, type Tensor } from '../graph/tensor.ts'
import { writeOnnx } from '../graph/write-onnx.ts'
import { type CnnTransformerSettings, createCnnTransformer } from './cnn-transformer.ts'
import { createParameters } from './parameters.ts'
import type { KeysValues } from './transformer-decoder.ts'

/** By the name of the parameter; `storage` as in `writeOnnx`. */
type Weights = { values: ReadonlyMap<string, Float32Array>; storage?: 'float32' | 'float16' }

/**
 * The encoder for `images` pictures at once:
 *
 *   pixels [images, 3, S, S] → image/0/keys, image/0/values, … [images, heads, tokens, width / heads],
 *                              labels [images, labels], the probability of each word
 */
export function buildEncoder(
  settings: CnnTransformerSettings,
  { images, ...weights }: Weights & { images: number },
): Uint8Array {
  const { imageSize } = settings
  const model = createCnnTransformer(settings, createParameters())
  const pixels = input('pixels', [images, 3, imageSize, imageSize])
  const { image, labels } = model.encode(pixels, 'inference')
  return writeOnnx({
    outputs: { ...nameKeysValues('image', image), labels: sigmoid(labels) },
    ...weights,
  })
}

/**
 * One position of `rows` captions of `images` pictures:
 *
 *   tokens int64 [rows], parents int64 [rows] (whose cache a row goes on with), images int64 [rows] (whose
 *   picture it describes), position int64 [1], cache/… [rows, heads, length, width / heads], image/… as
 *   the encoder gives them → logits [rows, vocabulary], next/…: the cache with this position
 */
export function buildDecoderStep(
  settings: CnnTransformerSettings,
  { images, rows, ...weights }: Weights & { images: number; rows: number },
): Uint8Array {
  const { heads, width, length, layers } = settings.decoder
  const { decoder } = createCnnTransformer(settings, createParameters())
  const parents = input('parents', [rows], 'int64')
  const imageOf = input('images', [rows], 'int64')
  const layerInputs = (kind: string, shape: number[], rowOf: Tensor): KeysValues[] =>
    Array.from({ length: layers }, (_, layer) => ({
      keys: gather(input(`${kind}/${layer}/keys`, shape), rowOf),
      values: gather(input(`${kind}/${layer}/values`, shape), rowOf),
    }))
  const { logits, cache } = decoder.step(
    input('tokens', [rows], 'int64'),
    input('position', [1], 'int64'),
    layerInputs('cache', [rows, heads, length, width / heads], parents),
    layerInputs('image', [images, heads, imageTokens(settings), width / heads], imageOf),
  )
  return writeOnnx({ outputs: { logits, ...nameKeysValues('next', cache) }, ...weights })
}

/** The stem and each stage halve the side. */
export function imageTokens({ imageSize, encoder }: CnnTransformerSettings): number {
  let side = imageSize
  for (let i = 0; i <= encoder.widths.length; i++) side = Math.ceil(side / 2)
  return side * side
}

/** Of outputs and inputs: `cache/0/keys`, `cache/0/values`, `cache/1/keys` … */
export const keysValuesNames = (kind: string, layers: number): string[] =>
  Array.from({ length: layers }, (_, layer) => [
    `${kind}/${layer}/keys`,
    `${kind}/${layer}/values`,
  ]).flat()

const nameKeysValues = (kind: string, layers: readonly KeysValues[]): Record<string, Tensor> =>
  Object.fromEntries(
    layers.flatMap(({ keys, values }, layer) => [
      [`${kind}/${layer}/keys`, keys],
      [`${kind}/${layer}/values`, values],
    ]),
  )
